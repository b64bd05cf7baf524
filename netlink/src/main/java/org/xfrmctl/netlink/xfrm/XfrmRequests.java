package org.xfrmctl.netlink.xfrm;

import org.xfrmctl.model.DefaultPolicies;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.PolicyIndex;
import org.xfrmctl.model.PolicyKey;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.SecurityLabel;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.StateKey;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.message.Request;
import org.xfrmctl.netlink.uapi.Netlink;
import org.xfrmctl.netlink.uapi.XfrmLifetimeCur;
import org.xfrmctl.netlink.uapi.XfrmMsg;
import org.xfrmctl.netlink.uapi.XfrmUsersaFlush;
import org.xfrmctl.netlink.uapi.Xfrma;

/** The requests of NETLINK_XFRM, each with its text for people. Nothing is sent: see {@link XfrmClient}. */
public final class XfrmRequests {
    /** The kernel ignores the flags that these requests carry ({@code xfrm_get_sadinfo()}); iproute2 sends all ones. */
    private static final int ALL = -1;

    private XfrmRequests() {}

    public static Request addState(XfrmState state) {
        return new Request(XfrmMsg.NEWSA, 0, "add state", state, out -> StateCodec.encodeRequest(state, out));
    }

    /**
     * Adds a state as it was when it was removed: what it has counted goes on counting toward its limits, and so does its
     * age ({@code xfrm_update_ae_params()}).
     */
    public static Request restoreState(XfrmState state) {
        return new Request(XfrmMsg.NEWSA, 0, "restore state", state, out -> {
            StateCodec.encodeRequest(state, out);
            out.attribute(Xfrma.LTIME_VAL, XfrmLifetimeCur.CODEC, LifetimeMapping.toWire(state.current()));
        });
    }

    /**
     * Completes a larval state, or changes what the kernel lets change of a valid one: encapsulation, limits, output mark
     * and if_id. It ignores all else, keys too, and reports success ({@code xfrm_state_update()}).
     */
    public static Request updateState(XfrmState state) {
        return new Request(XfrmMsg.UPDSA, 0, "update state", state, out -> StateCodec.encodeRequest(state, out));
    }

    /**
     * A rehearsal: an update of this state under SPI 0, which no lookup finds. The kernel checks all of it and sets up its
     * cryptography, then answers ESRCH and forgets it ({@code xfrm_add_sa()}); any other answer is the one that adding
     * the state would get. A device is left out, for it would be told; an IPComp tunnel is rehearsed in transport mode,
     * for it would make its IPIP state.
     *
     * @throws IllegalArgumentException if the protocol is none of ESP, AH and IPComp: others are found without SPI
     */
    public static Request rehearseState(XfrmState state) {
        if (!state.id().protocol().isIpsec()) {
            throw new IllegalArgumentException("a rehearsal would update this state: " + state);
        }
        return new Request(
                XfrmMsg.UPDSA, 0, "add state", state, out -> StateCodec.encodeRequest(rehearsed(state), out));
    }

    private static XfrmState rehearsed(XfrmState state) {
        SaId nowhere = new SaId(state.id().destination(), Spi.NONE, state.id().protocol());
        boolean compresses = state.id().protocol().equals(IpProtocol.COMP);
        return XfrmState.builder(nowhere, state.source())
                .selector(compresses ? Selector.any(state.family()) : state.selector())
                .mode(compresses && state.mode().equals(Mode.TUNNEL) ? Mode.TRANSPORT : state.mode())
                .flags(state.flags())
                .algorithms(state.algorithms())
                .replay(state.replay())
                .limits(state.limits())
                .mark(state.mark())
                .ifId(state.ifId())
                .options(state.options()
                        .withPlacement(state.options().placement().withoutOffload()))
                .build();
    }

    public static Request deleteState(StateKey key) {
        return new Request(XfrmMsg.DELSA, 0, "delete state", key, out -> StateCodec.encodeKey(key, out));
    }

    public static Request getState(StateKey key) {
        return new Request(XfrmMsg.GETSA, 0, "get state", key, out -> StateCodec.encodeKey(key, out));
    }

    public static Request listStates(DumpFilter filter) {
        return new Request(XfrmMsg.GETSA, 0, "list states", filter::encode);
    }

    /** {@link IpProtocol#ANY} flushes all, {@link IpProtocol#IPSEC_ANY} AH, ESP and IPComp. */
    public static Request flushStates(IpProtocol protocol) {
        XfrmUsersaFlush flush = new XfrmUsersaFlush((byte) protocol.number());
        return new Request(
                XfrmMsg.FLUSHSA, 0, "flush states proto", protocol, out -> out.body(XfrmUsersaFlush.CODEC, flush));
    }

    public static Request allocSpi(SpiRequest spi) {
        return new Request(XfrmMsg.ALLOCSPI, 0, "allocate SPI", spi, spi::encode);
    }

    /** Tells the key managers that a limit was reached; a hard one removes the state ({@code xfrm_add_sa_expire()}). */
    public static Request expireState(XfrmState state, boolean hard) {
        return new Request(
                XfrmMsg.EXPIRE,
                0,
                hard ? "expire state" : "expire (soft) state",
                state,
                out -> StateCodec.encodeExpire(state, hard, out));
    }

    public static Request getAsyncEvent(AsyncEvent about) {
        return new Request(XfrmMsg.GETAE, 0, "get numbers of state", about.id(), about::encodeRequest);
    }

    public static Request setAsyncEvent(AsyncEvent values) {
        return new Request(
                XfrmMsg.NEWAE, Netlink.NLM_F_REPLACE, "set numbers of state", values.id(), values::encodeRequest);
    }

    public static Request addPolicy(XfrmPolicy policy) {
        return new Request(XfrmMsg.NEWPOLICY, 0, "add policy", policy, out -> PolicyCodec.encodeRequest(policy, out));
    }

    /** Replaces a policy in place, so that no packet finds none; adds it if there is none. */
    public static Request updatePolicy(XfrmPolicy policy) {
        return new Request(
                XfrmMsg.UPDPOLICY, 0, "update policy", policy, out -> PolicyCodec.encodeRequest(policy, out));
    }

    public static Request deletePolicy(PolicyKey key) {
        return new Request(XfrmMsg.DELPOLICY, 0, "delete policy", key, out -> PolicyCodec.encodeKey(key, out));
    }

    public static Request deletePolicy(PolicyIndex index) {
        return new Request(XfrmMsg.DELPOLICY, 0, "delete policy", index, out -> PolicyCodec.encodeIndex(index, out));
    }

    /** The request about a policy that has, beside its key, the label of a security module. */
    public static Request labelled(Request request, SecurityLabel label) {
        return new Request(
                request.type(),
                request.flags(),
                request.verb(),
                request.subject(),
                request.body().andThen(out -> LabelMapping.write(label, out)));
    }

    public static Request getPolicy(PolicyKey key) {
        return new Request(XfrmMsg.GETPOLICY, 0, "get policy", key, out -> PolicyCodec.encodeKey(key, out));
    }

    public static Request getPolicy(PolicyIndex index) {
        return new Request(XfrmMsg.GETPOLICY, 0, "get policy", index, out -> PolicyCodec.encodeIndex(index, out));
    }

    public static Request listPolicies() {
        return new Request(XfrmMsg.GETPOLICY, 0, "list policies", out -> {});
    }

    /** Sub policies are only flushed when asked for by their type. */
    public static Request flushPolicies(PolicyType type) {
        return new Request(
                XfrmMsg.FLUSHPOLICY, 0, "flush policies type", type, out -> PolicyCodec.writeSubType(type, out));
    }

    /** Tells the key managers that a limit was reached; a hard one removes the policy ({@code xfrm_add_pol_expire()}). */
    public static Request expirePolicy(XfrmPolicy policy, boolean hard) {
        return new Request(
                XfrmMsg.POLEXPIRE,
                0,
                hard ? "expire policy" : "expire (soft) policy",
                policy,
                out -> PolicyCodec.encodeExpired(policy, hard, out));
    }

    public static Request migrate(Migration migration) {
        return new Request(XfrmMsg.MIGRATE, 0, "migrate policy", migration, migration::encodeRequest);
    }

    public static Request countStates() {
        return new Request(XfrmMsg.GETSADINFO, 0, "count states", out -> out.bodyU32(ALL));
    }

    public static Request countPolicies() {
        return new Request(XfrmMsg.GETSPDINFO, 0, "count policies", out -> out.bodyU32(ALL));
    }

    public static Request setThresholds(SpdInfo.Thresholds thresholds) {
        return new Request(XfrmMsg.NEWSPDINFO, 0, "set hash thresholds", thresholds, out -> {
            out.bodyU32(ALL);
            thresholds.encode(out);
        });
    }

    public static Request getDefaults() {
        return new Request(
                XfrmMsg.GETDEFAULT,
                0,
                "get default policies",
                out -> PolicyCodec.encode(new DefaultPolicies(0, 0, 0), out));
    }

    /** A direction that is neither to block nor to accept stays as it is. */
    public static Request setDefaults(DefaultPolicies defaults) {
        return new Request(
                XfrmMsg.SETDEFAULT, 0, "set default policies", defaults, out -> PolicyCodec.encode(defaults, out));
    }
}
