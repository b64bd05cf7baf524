package org.xfrmctl.model;

/**
 * What names a policy: two policies with equal keys cannot stand side by side, whatever their priority
 * ({@code net/xfrm/xfrm_policy.c}, policy insertion).
 */
public record PolicyKey(Direction direction, PolicyType type, Selector selector, Mark mark, IfId ifId) {
    public PolicyKey {
        mark = mark.masked();
    }

    @Override
    public String toString() {
        return selector + " dir " + direction
                + (type == PolicyType.SUB ? " ptype sub" : "")
                + (mark.isNone() ? "" : " mark " + mark)
                + (ifId.isNone() ? "" : " if_id " + ifId);
    }
}
