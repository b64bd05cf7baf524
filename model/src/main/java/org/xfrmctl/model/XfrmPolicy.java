package org.xfrmctl.model;

import java.util.List;
import java.util.Optional;

/**
 * A policy of the SPD: packets that match {@code selector} in {@code direction} need {@code templates}, or are blocked.
 *
 * <p>A lower {@code priority} (32 unsigned bits) wins. {@code index} is the kernel's number for the policy; 0 asks for
 * one. {@code type} is absent where the kernel does not report it (built without sub policies) and then means main.
 */
public record XfrmPolicy(
        Selector selector,
        Direction direction,
        PolicyAction action,
        int priority,
        List<Template> templates,
        int index,
        PolicyFlags flags,
        int share,
        Optional<PolicyType> type,
        LifetimeLimits limits,
        LifetimeCurrent current,
        Mark mark,
        IfId ifId,
        Optional<Offload> offload,
        Optional<SecurityLabel> label,
        List<RawAttribute> other) {

    public XfrmPolicy {
        templates = List.copyOf(templates);
        other = List.copyOf(other);
    }

    public static Builder builder(Selector selector, Direction direction) {
        return new Builder(selector, direction);
    }

    public Builder toBuilder() {
        return new Builder(this);
    }

    public PolicyKey key() {
        return new PolicyKey(direction, type.orElse(PolicyType.MAIN), selector, mark, ifId);
    }

    @Override
    public String toString() {
        return key() + (index == 0 ? "" : " index " + Integer.toUnsignedString(index)) + " action " + action
                + " priority " + Integer.toUnsignedString(priority) + (templates.isEmpty() ? "" : " " + templates);
    }

    /** Collects a policy's parts; what is not set has the kernel's default. */
    public static final class Builder {
        private Selector selector;
        private final Direction direction;
        private PolicyAction action = PolicyAction.ALLOW;
        private int priority;
        private List<Template> templates = List.of();
        private int index;
        private PolicyFlags flags = PolicyFlags.NONE;
        private int share;
        private Optional<PolicyType> type = Optional.empty();
        private LifetimeLimits limits = LifetimeLimits.UNLIMITED;
        private LifetimeCurrent current = LifetimeCurrent.NONE;
        private Mark mark = Mark.NONE;
        private IfId ifId = IfId.NONE;
        private Optional<Offload> offload = Optional.empty();
        private Optional<SecurityLabel> label = Optional.empty();
        private List<RawAttribute> other = List.of();

        private Builder(Selector selector, Direction direction) {
            this.selector = selector;
            this.direction = direction;
        }

        private Builder(XfrmPolicy policy) {
            this.selector = policy.selector;
            this.direction = policy.direction;
            this.action = policy.action;
            this.priority = policy.priority;
            this.templates = policy.templates;
            this.index = policy.index;
            this.flags = policy.flags;
            this.share = policy.share;
            this.type = policy.type;
            this.limits = policy.limits;
            this.current = policy.current;
            this.mark = policy.mark;
            this.ifId = policy.ifId;
            this.offload = policy.offload;
            this.label = policy.label;
            this.other = policy.other;
        }

        public Builder selector(Selector value) {
            selector = value;
            return this;
        }

        public Builder action(PolicyAction value) {
            action = value;
            return this;
        }

        public Builder priority(int value) {
            priority = value;
            return this;
        }

        public Builder templates(List<Template> value) {
            templates = value;
            return this;
        }

        public Builder index(int value) {
            index = value;
            return this;
        }

        public Builder flags(PolicyFlags value) {
            flags = value;
            return this;
        }

        public Builder share(int value) {
            share = value;
            return this;
        }

        public Builder type(Optional<PolicyType> value) {
            type = value;
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

        public Builder mark(Mark value) {
            mark = value;
            return this;
        }

        public Builder ifId(IfId value) {
            ifId = value;
            return this;
        }

        public Builder offload(Optional<Offload> value) {
            offload = value;
            return this;
        }

        public Builder label(Optional<SecurityLabel> value) {
            label = value;
            return this;
        }

        public Builder other(List<RawAttribute> value) {
            other = value;
            return this;
        }

        public XfrmPolicy build() {
            return new XfrmPolicy(
                    selector, direction, action, priority, templates, index, flags, share, type, limits, current, mark,
                    ifId, offload, label, other);
        }
    }
}
