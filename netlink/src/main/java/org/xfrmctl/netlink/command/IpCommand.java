package org.xfrmctl.netlink.command;

import java.util.Optional;
import org.xfrmctl.model.PolicyIndex;
import org.xfrmctl.model.PolicyKey;
import org.xfrmctl.model.SecurityLabel;
import org.xfrmctl.model.StateKey;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.message.Request;

/** What a command asks for: a change, which is ready to be sent, or a question with all that it depends on. */
public sealed interface IpCommand {
    /**
     * Add, update, delete, flush, allocspi, set and setdefault. The request's subject is what the words said: a state, a
     * policy, a key, and so on; an SPI's allocation is answered with the state that holds it.
     */
    record Change(Request request) implements IpCommand {}

    /** {@code state list}. */
    record ListStates(StateMatch match, boolean hidesKeys) implements IpCommand {}

    /** {@code state deleteall}: those that match, but for what the kernel made itself and keeps. */
    record DeleteStates(StateMatch match) implements IpCommand {
        public boolean test(XfrmState state) {
            return !state.isImplied() && match.test(state);
        }
    }

    /** {@code state get}. */
    record GetState(StateKey key) implements IpCommand {}

    /** {@code state count}. */
    record CountStates() implements IpCommand {}

    /** {@code policy list}. */
    record ListPolicies(PolicyMatch match) implements IpCommand {}

    /** {@code policy deleteall}: those that match, but for the policies of sockets, which nobody else can delete. */
    record DeletePolicies(PolicyMatch match) implements IpCommand {
        public boolean test(XfrmPolicy policy) {
            return !policy.direction().isSocket() && match.test(policy);
        }
    }

    /** {@code policy get} by selector. */
    record GetPolicy(PolicyKey key, Optional<SecurityLabel> label) implements IpCommand {}

    /** {@code policy get} by index. */
    record GetPolicyAt(PolicyIndex index, Optional<SecurityLabel> label) implements IpCommand {}

    /** {@code policy count}. */
    record CountPolicies() implements IpCommand {}

    /** {@code policy getdefault}. */
    record GetDefaults() implements IpCommand {}
}
