package org.xfrmctl.model;

/** What names a policy by the kernel's number for it. Type, mark and if_id have to be the policy's too. */
public record PolicyIndex(int index, Direction direction, PolicyType type, Mark mark, IfId ifId) {
    @Override
    public String toString() {
        return "index " + Integer.toUnsignedString(index) + " dir " + direction
                + (type == PolicyType.SUB ? " ptype sub" : "")
                + (mark.isNone() ? "" : " mark " + mark)
                + (ifId.isNone() ? "" : " if_id " + ifId);
    }
}
