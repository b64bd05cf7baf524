package org.xfrmctl.manager.testing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.xfrmctl.manager.plan.Change;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.manager.plan.XfrmTables;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.PolicyKey;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.StateFlag;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.NetlinkException.Advice;
import org.xfrmctl.netlink.NetlinkException.Refusal;
import org.xfrmctl.netlink.NetlinkException.Said;

/**
 * The state and policy tables of a kernel with the rules that planning rests on: newest first, EEXIST by mark, UPDSA that
 * changes limits only, deletion of the newest match, IPIP companions. It can refuse the n-th change, and fails a test that
 * gives it a key with sequence numbers that were used.
 */
public final class FakeTables implements XfrmTables {
    private final List<XfrmState> states = new ArrayList<>();
    private final List<XfrmPolicy> policies = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();
    /** The keys with which outbound states began with sequence number 0. A restored one goes on where it was. */
    private final Set<List<Algorithm>> begun = new HashSet<>();

    private Optional<IpAddress> local = Optional.empty();
    private final List<XfrmState> rehearsed = new ArrayList<>();
    private Optional<IpProtocol> missing = Optional.empty();
    private int nextIndex = 8;
    private int refuseIn = -1;
    private boolean noPmtuDisc;
    private Runnable afterEach = () -> {};
    private int stateDumps;
    private int policyDumps;

    /** The request that comes after {@code requests} others is refused with EINVAL; the ones after it are not. */
    public void refuseAfter(int others) {
        refuseIn = others;
    }

    /** From now on nothing may be sent twice by one key and sequence number: no state from this address begins with an old key. */
    public void allowEachKeyOnce(IpAddress from) {
        local = Optional.of(from);
    }

    /** As a kernel without that protocol. */
    public void lack(IpProtocol protocol) {
        missing = Optional.of(protocol);
    }

    /** What was asked about. */
    public List<XfrmState> rehearsed() {
        return rehearsed;
    }

    /** As {@code net.ipv4.ip_no_pmtu_disc = 1}. */
    public void setNoPmtuDisc(boolean value) {
        noPmtuDisc = value;
    }

    /** Runs after every change, so that a test sees the tables in between. */
    public void afterEach(Runnable look) {
        afterEach = look;
    }

    /** As packets do. */
    public void count(SaId id, LifetimeCurrent current) {
        states.replaceAll(state ->
                state.id().equals(id) ? state.toBuilder().current(current).build() : state);
    }

    /** One line for every change asked for. */
    public List<String> requests() {
        return requests;
    }

    /** How often all states were asked for. */
    public int stateDumps() {
        return stateDumps;
    }

    /** How often all policies were asked for. */
    public int policyDumps() {
        return policyDumps;
    }

    @Override
    public List<XfrmState> listStates() {
        stateDumps++;
        return List.copyOf(states);
    }

    @Override
    public List<XfrmPolicy> listPolicies() {
        policyDumps++;
        return List.copyOf(policies);
    }

    public Snapshot snapshot() {
        return Snapshot.read(this);
    }

    /** All but the order, by which two tables that do the same may differ. */
    public Set<Object> content() {
        Set<Object> content = states.stream()
                .map(state -> state.toBuilder().current(LifetimeCurrent.NONE).build())
                .collect(Collectors.toSet());
        policies.forEach(policy -> content.add(policy.toBuilder().index(0).build()));
        return content;
    }

    public void make(Change change) {
        if (change instanceof Change.AddState add) {
            addState(add.state());
        } else if (change instanceof Change.UpdateState update) {
            updateState(update.state());
        } else if (change instanceof Change.RemoveState remove) {
            deleteState(remove.state().id(), remove.state().mark());
        } else if (change instanceof Change.AddPolicy add) {
            addPolicy(add.policy());
        } else if (change instanceof Change.UpdatePolicy update) {
            updatePolicy(update.policy());
        } else if (change instanceof Change.RemovePolicy remove) {
            deletePolicy(remove.policy().key());
        }
    }

    @Override
    public Optional<NetlinkException> rehearseState(XfrmState state) {
        rehearsed.add(state);
        return missing.equals(Optional.of(state.id().protocol()))
                ? Optional.of(refusal(Errno.EPROTONOSUPPORT, "rehearse state " + state))
                : Optional.empty();
    }

    @Override
    public void addState(XfrmState state) {
        if (local.equals(Optional.of(state.source()))
                && state.id().protocol().equals(IpProtocol.ESP)
                && lookup(state.id(), state.mark()).isEmpty()
                && !begun.add(state.algorithms())) {
            throw new AssertionError("a key begins a second time: " + state);
        }
        restoreState(state.toBuilder().current(LifetimeCurrent.NONE).build());
    }

    @Override
    public void restoreState(XfrmState state) {
        begin("add state " + state);
        if (lookup(state.id(), state.mark()).isPresent()) {
            throw refusal(Errno.EEXIST, "add state " + state);
        }
        if (state.id().protocol().equals(IpProtocol.COMP) && state.mode().equals(Mode.TUNNEL)) {
            addCompanion(state);
        }
        // The larval state that stands for it goes (__find_acq_core()).
        states.removeIf(larval -> larval.id().spi().equals(Spi.NONE)
                && larval.id().protocol().equals(state.id().protocol())
                && larval.id().destination().equals(state.id().destination())
                && larval.reqid().equals(state.reqid()));
        boolean flagged = noPmtuDisc && state.family() == Family.INET;
        states.add(
                0,
                flagged
                        ? state.toBuilder()
                                .flags(state.flags().with(StateFlag.NOPMTUDISC))
                                .build()
                        : state);
        afterEach.run();
    }

    private void addCompanion(XfrmState ipcomp) {
        boolean v6 = ipcomp.family() == Family.INET6;
        SaId id = new SaId(
                ipcomp.id().destination(),
                new Spi(v6 ? 1 : ipcomp.source().word0()),
                v6 ? IpProtocol.IPV6 : IpProtocol.IPIP);
        boolean there = states.stream()
                .anyMatch(state -> state.id().protocol().equals(id.protocol())
                        && state.source().equals(ipcomp.source())
                        && state.id().destination().equals(id.destination()));
        if (!there) {
            states.add(
                    0,
                    XfrmState.builder(id, ipcomp.source())
                            .mode(Mode.TUNNEL)
                            .reqid(Reqid.NONE)
                            .selector(ipcomp.selector())
                            .mark(ipcomp.mark())
                            .ifId(ipcomp.ifId())
                            .build());
        }
    }

    @Override
    public void updateState(XfrmState state) {
        begin("update state " + state);
        XfrmState have =
                lookup(state.id(), state.mark()).orElseThrow(() -> refusal(Errno.ESRCH, "update state " + state));
        states.set(states.indexOf(have), have.toBuilder().limits(state.limits()).build());
        afterEach.run();
    }

    @Override
    public void deleteState(SaId id, Mark mark) {
        begin("delete state " + id);
        XfrmState have = lookup(id, mark).orElseThrow(() -> refusal(Errno.ESRCH, "delete state " + id));
        states.remove(have);
        boolean last = states.stream()
                .noneMatch(state -> state.id().protocol().equals(IpProtocol.COMP)
                        && state.source().equals(have.source())
                        && state.id().destination().equals(id.destination()));
        if (id.protocol().equals(IpProtocol.COMP) && last) {
            states.removeIf(state -> state.isImplied()
                    && state.source().equals(have.source())
                    && state.id().destination().equals(id.destination()));
        }
        afterEach.run();
    }

    private Optional<XfrmState> lookup(SaId id, Mark mark) {
        return states.stream()
                .filter(state -> state.id().equals(id)
                        && state.mark().matches(mark.masked().value()))
                .findFirst();
    }

    @Override
    public void addPolicy(XfrmPolicy policy) {
        begin("add policy " + policy.key());
        if (find(policy.key()).isPresent()) {
            throw refusal(Errno.EEXIST, "add policy " + policy.key());
        }
        policies.add(0, stored(policy));
        afterEach.run();
    }

    @Override
    public void updatePolicy(XfrmPolicy policy) {
        begin("update policy " + policy.key());
        find(policy.key()).ifPresent(policies::remove);
        policies.add(0, stored(policy));
        afterEach.run();
    }

    /** With sub policies built in, a kernel always names the table. */
    private XfrmPolicy stored(XfrmPolicy policy) {
        return policy.toBuilder()
                .index(nextIndex += 8)
                .type(Optional.of(policy.type().orElse(PolicyType.MAIN)))
                .build();
    }

    @Override
    public void deletePolicy(PolicyKey key) {
        begin("delete policy " + key);
        policies.remove(find(key).orElseThrow(() -> refusal(Errno.ENOENT, "delete policy " + key)));
        afterEach.run();
    }

    private Optional<XfrmPolicy> find(PolicyKey key) {
        return policies.stream().filter(policy -> policy.key().equals(key)).findFirst();
    }

    private void begin(String request) {
        requests.add(request);
        if (refuseIn-- == 0) {
            throw refusal(Errno.EINVAL, request);
        }
    }

    private NetlinkException refusal(Errno errno, String request) {
        return new NetlinkException(
                errno.number(), new Refusal(request, OptionalInt.of(requests.size()), Said.NOTHING, Advice.NONE));
    }
}
