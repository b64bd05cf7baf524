package org.xfrmctl.netlink.xfrm;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.xfrmctl.model.DefaultPolicies;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.PolicyIndex;
import org.xfrmctl.model.PolicyKey;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.StateKey;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.NetlinkTransport;
import org.xfrmctl.netlink.message.Answers;
import org.xfrmctl.netlink.message.Conversation;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.message.Request;

/**
 * Asks an XFRM kernel, whichever is behind the transport. Every method waits for the kernel's answer and throws
 * {@link NetlinkException} if that is a refusal. Not safe for several threads; events belong on another transport.
 */
public final class XfrmClient implements AutoCloseable {
    private final NetlinkTransport transport;
    private final Conversation conversation;
    private final Answers answers;

    /** Takes over the transport and closes it with itself. */
    public XfrmClient(NetlinkTransport transport) {
        this.transport = transport;
        this.conversation = new Conversation(transport, new XfrmDiagnosis());
        this.answers = new Answers(conversation);
    }

    /** If another state has its place (EEXIST), the refusal names it. */
    public void addState(XfrmState state) {
        answers.add(XfrmRequests.addState(state), () -> getState(state.key()));
    }

    /** See {@link XfrmRequests#restoreState}: what the state had counted is kept. */
    public void restoreState(XfrmState state) {
        answers.add(XfrmRequests.restoreState(state), () -> getState(state.key()));
    }

    /** See {@link XfrmRequests#updateState}: most of a valid state does not change, and no error says so. */
    public void updateState(XfrmState state) {
        conversation.execute(XfrmRequests.updateState(state));
    }

    /**
     * What the kernel would say to this state, without making it; empty if it would take it. An SPI in use is not seen. In
     * the log of the kernel's audit a state that could not be added stays behind.
     *
     * @throws NetlinkException EPERM, or a failed system call: then the kernel says nothing about the state
     */
    public Optional<NetlinkException> rehearseState(XfrmState state) {
        try {
            conversation.execute(XfrmRequests.rehearseState(state));
        } catch (NetlinkException refusal) {
            if (refusal.is(Errno.EPERM) || refusal.refusal().sequence().isEmpty()) {
                throw refusal;
            }
            return refusal.is(Errno.ESRCH) ? Optional.empty() : Optional.of(refusal);
        }
        return Optional.empty();
    }

    public void deleteState(StateKey key) {
        conversation.execute(XfrmRequests.deleteState(key));
    }

    /** The state that the kernel finds by this key; it may be one without mark. */
    public Optional<XfrmState> getState(StateKey key) {
        return answers.find(XfrmRequests.getState(key), StateCodec::decode, Errno.ESRCH);
    }

    /** All states, newest first. */
    public List<XfrmState> listStates() {
        return listStates(DumpFilter.NONE);
    }

    /** The states that the kernel finds to pass the filter, newest first. */
    public List<XfrmState> listStates(DumpFilter filter) {
        return answers.list(XfrmRequests.listStates(filter), StateCodec::decode);
    }

    /**
     * Hands on states, newest first, without holding more than one. The consumer must not use this client.
     *
     * @return whether the table stood still meanwhile, as far as the kernel tells
     */
    public boolean streamStates(DumpFilter filter, Consumer<XfrmState> states) {
        return dumpStates(filter, message -> states.accept(StateCodec.decode(message)));
    }

    /** As {@link #streamStates}, as the messages that they are; each is only valid until the consumer returns. */
    public boolean dumpStates(DumpFilter filter, Consumer<NetlinkMessage> messages) {
        return conversation.dump(XfrmRequests.listStates(filter), messages);
    }

    /** Reserves an SPI, and returns the larval state that holds it. */
    public XfrmState allocSpi(SpiRequest spi) {
        return answers.need(XfrmRequests.allocSpi(spi), StateCodec::decode);
    }

    /** See {@link XfrmRequests#expireState}. */
    public void expireState(XfrmState state, boolean hard) {
        conversation.execute(XfrmRequests.expireState(state, hard));
    }

    /** Sequence numbers and use of a state; {@code about} says which, and whether to tell the thresholds too. */
    public AsyncEvent getAsyncEvent(AsyncEvent about) {
        return answers.need(XfrmRequests.getAsyncEvent(about), AsyncEvent::decode);
    }

    /** Sets sequence numbers, use or thresholds of a state. */
    public void setAsyncEvent(AsyncEvent values) {
        conversation.execute(XfrmRequests.setAsyncEvent(values));
    }

    /** Removes the states of a protocol; {@link IpProtocol#ANY} is all of them. */
    public void flushStates(IpProtocol protocol) {
        conversation.execute(XfrmRequests.flushStates(protocol));
    }

    /** If there is one with this key (EEXIST), the refusal names it. */
    public void addPolicy(XfrmPolicy policy) {
        answers.add(XfrmRequests.addPolicy(policy), () -> getPolicy(policy.key()));
    }

    /** Replaces the policy with this key in one step, or adds it. */
    public void updatePolicy(XfrmPolicy policy) {
        conversation.execute(XfrmRequests.updatePolicy(policy));
    }

    public void deletePolicy(PolicyKey key) {
        conversation.execute(XfrmRequests.deletePolicy(key));
    }

    public void deletePolicy(PolicyIndex index) {
        conversation.execute(XfrmRequests.deletePolicy(index));
    }

    public Optional<XfrmPolicy> getPolicy(PolicyKey key) {
        return answers.find(XfrmRequests.getPolicy(key), PolicyCodec::decode, Errno.ENOENT);
    }

    public Optional<XfrmPolicy> getPolicy(PolicyIndex index) {
        return answers.find(XfrmRequests.getPolicy(index), PolicyCodec::decode, Errno.ENOENT);
    }

    /** All policies of both types, newest first; those of sockets too. */
    public List<XfrmPolicy> listPolicies() {
        return answers.list(XfrmRequests.listPolicies(), PolicyCodec::decode);
    }

    /** As {@link #streamStates}. */
    public boolean streamPolicies(Consumer<XfrmPolicy> policies) {
        return dumpPolicies(message -> policies.accept(PolicyCodec.decode(message)));
    }

    /** As {@link #dumpStates}. */
    public boolean dumpPolicies(Consumer<NetlinkMessage> messages) {
        return conversation.dump(XfrmRequests.listPolicies(), messages);
    }

    /** See {@link XfrmRequests#expirePolicy}. */
    public void expirePolicy(XfrmPolicy policy, boolean hard) {
        conversation.execute(XfrmRequests.expirePolicy(policy, hard));
    }

    public void migrate(Migration migration) {
        conversation.execute(XfrmRequests.migrate(migration));
    }

    public void flushPolicies(PolicyType type) {
        conversation.execute(XfrmRequests.flushPolicies(type));
    }

    public SadInfo countStates() {
        return answers.need(XfrmRequests.countStates(), SadInfo::decode);
    }

    public SpdInfo countPolicies() {
        return answers.need(XfrmRequests.countPolicies(), SpdInfo::decode);
    }

    public void setThresholds(SpdInfo.Thresholds thresholds) {
        conversation.execute(XfrmRequests.setThresholds(thresholds));
    }

    public DefaultPolicies getDefaults() {
        return answers.need(XfrmRequests.getDefaults(), PolicyCodec::defaults);
    }

    /** A direction that is neither to block nor to accept stays as it is. */
    public void setDefaults(DefaultPolicies defaults) {
        conversation.execute(XfrmRequests.setDefaults(defaults));
    }

    /** Sends many requests in few datagrams; for each, what went wrong with it, empty if nothing did. */
    public List<Optional<NetlinkException>> executeAll(List<Request> requests) {
        return conversation.executeAll(requests);
    }

    /** As {@link #executeAll(List)}, for as many as there are, holding only those that are under way. */
    public void executeAll(Iterator<Request> requests, Conversation.Outcomes outcomes) {
        conversation.executeAll(requests, outcomes);
    }

    @Override
    public void close() {
        transport.close();
    }
}
