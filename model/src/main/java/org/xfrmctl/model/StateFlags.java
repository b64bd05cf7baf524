package org.xfrmctl.model;

/** The flags of a state as raw bits: 8 of {@link StateFlag} and 32 of {@link ExtraFlag}; unknown bits are kept. */
public record StateFlags(int bits, int extraBits) {
    public static final StateFlags NONE = new StateFlags(0, 0);

    public boolean has(StateFlag flag) {
        return (bits & flag.bit()) != 0;
    }

    public boolean has(ExtraFlag flag) {
        return (extraBits & flag.bit()) != 0;
    }

    public StateFlags with(StateFlag flag) {
        return new StateFlags(bits | flag.bit(), extraBits);
    }

    public StateFlags with(ExtraFlag flag) {
        return new StateFlags(bits, extraBits | flag.bit());
    }
}
