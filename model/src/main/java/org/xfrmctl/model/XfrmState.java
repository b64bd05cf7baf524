package org.xfrmctl.model;

import java.util.List;
import java.util.Optional;

/**
 * A security association as the kernel holds it (an "xfrm state"): one direction, one protocol.
 *
 * <p>{@code source} and the id's destination have the state's family; the selector may have another one, or none. The
 * kernel finds a state inbound by {@link #id()} and mark, outbound by reqid, mode, protocol, addresses, mark and if_id.
 * {@code seq} ties a state to the acquire that asked for it. A compression state in tunnel mode has an IPIP companion
 * that the kernel makes by itself: see {@link #isImplied()}.
 */
public record XfrmState(
        SaId id,
        IpAddress source,
        Selector selector,
        Mode mode,
        Reqid reqid,
        int seq,
        StateFlags flags,
        List<Algorithm> algorithms,
        ReplayState replay,
        LifetimeLimits limits,
        LifetimeCurrent current,
        StateStatistics statistics,
        Mark mark,
        IfId ifId,
        StateOptions options) {

    public XfrmState {
        algorithms = List.copyOf(algorithms);
        if (source.family() != id.destination().family()) {
            throw new IllegalArgumentException("state mixes source " + source + " and " + id);
        }
    }

    public static Builder builder(SaId id, IpAddress source) {
        return new Builder(id, source);
    }

    public Builder toBuilder() {
        return new Builder(this);
    }

    /** What a request names it by. */
    public StateKey key() {
        return new StateKey(id, source, mark);
    }

    /** The family of the outer addresses. */
    public Family family() {
        return source.family();
    }

    /** Whether the kernel made this state itself: the IPIP companion of an IPComp tunnel (proto 4 or 41). */
    public boolean isImplied() {
        return id.protocol().equals(IpProtocol.IPIP) || id.protocol().equals(IpProtocol.IPV6);
    }

    /** Whether a key is all zeros, as {@link Key#isBlank()} says. */
    public boolean hasBlankKey() {
        return algorithms.stream().anyMatch(algorithm -> algorithm.key().isBlank());
    }

    /** The first algorithm of a kind, if the state has one. */
    public <A extends Algorithm> Optional<A> algorithm(Class<A> kind) {
        return algorithms.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }

    /** {@code src … dst … proto … spi …}, as {@code ip xfrm} names a state. Never a key. */
    @Override
    public String toString() {
        return "src " + source + " " + id + " reqid " + reqid + " mode " + mode;
    }

    /** Collects a state's parts; what is not set has the kernel's default. */
    public static final class Builder {
        private final SaId id;
        private final IpAddress source;
        private Selector selector;
        private Mode mode = Mode.TRANSPORT;
        private Reqid reqid = Reqid.NONE;
        private int seq;
        private StateFlags flags = StateFlags.NONE;
        private List<Algorithm> algorithms = List.of();
        private ReplayState replay = ReplayState.Basic.NONE;
        private LifetimeLimits limits = LifetimeLimits.UNLIMITED;
        private LifetimeCurrent current = LifetimeCurrent.NONE;
        private StateStatistics statistics = StateStatistics.NONE;
        private Mark mark = Mark.NONE;
        private IfId ifId = IfId.NONE;
        private StateOptions options = StateOptions.NONE;

        private Builder(SaId id, IpAddress source) {
            this.id = id;
            this.source = source;
            this.selector = Selector.any(source.family());
        }

        private Builder(XfrmState state) {
            this.id = state.id;
            this.source = state.source;
            this.selector = state.selector;
            this.mode = state.mode;
            this.reqid = state.reqid;
            this.seq = state.seq;
            this.flags = state.flags;
            this.algorithms = state.algorithms;
            this.replay = state.replay;
            this.limits = state.limits;
            this.current = state.current;
            this.statistics = state.statistics;
            this.mark = state.mark;
            this.ifId = state.ifId;
            this.options = state.options;
        }

        public Builder selector(Selector value) {
            selector = value;
            return this;
        }

        public Builder mode(Mode value) {
            mode = value;
            return this;
        }

        public Builder reqid(Reqid value) {
            reqid = value;
            return this;
        }

        public Builder seq(int value) {
            seq = value;
            return this;
        }

        public Builder flags(StateFlags value) {
            flags = value;
            return this;
        }

        public Builder algorithms(List<Algorithm> value) {
            algorithms = value;
            return this;
        }

        public Builder replay(ReplayState value) {
            replay = value;
            return this;
        }

        public Builder limits(LifetimeLimits value) {
            limits = value;
            return this;
        }

        public Builder current(LifetimeCurrent value) {
            current = value;
            return this;
        }

        public Builder statistics(StateStatistics value) {
            statistics = value;
            return this;
        }

        public Builder mark(Mark value) {
            mark = value;
            return this;
        }

        public Builder ifId(IfId value) {
            ifId = value;
            return this;
        }

        public Builder options(StateOptions value) {
            options = value;
            return this;
        }

        public XfrmState build() {
            return new XfrmState(
                    id,
                    source,
                    selector,
                    mode,
                    reqid,
                    seq,
                    flags,
                    algorithms,
                    replay,
                    limits,
                    current,
                    statistics,
                    mark,
                    ifId,
                    options);
        }
    }
}
