package org.xfrmctl.netlink.probe;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.model.Offload;
import org.xfrmctl.model.RawAttribute;
import org.xfrmctl.model.StateOptions;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.uapi.XfrmUserOffload;
import org.xfrmctl.netlink.uapi.Xfrma;

/**
 * Finds out about offload without a device. A kernel with offload looks at the flags before it looks for the device ({@code
 * xfrm_dev_state_add()}), one without looks at nothing. Not finding the device, it takes the one that the route to the
 * destination leads over: to the any-address that is the loopback device, which offloads nothing.
 */
final class OffloadProbe {
    private static final int NO_FLAG = 0;
    private static final int UNKNOWN_FLAG = 0x80;
    /** No interface has it. */
    private static final int NO_DEVICE = Integer.MAX_VALUE;

    private final Rehearsals rehearsals;
    private final Transform esp;
    private final Answer toUnknownFlag;

    /** {@code esp} is there. */
    OffloadProbe(Rehearsals rehearsals, Transform esp) {
        this.rehearsals = rehearsals;
        this.esp = esp;
        this.toUnknownFlag = ask(UNKNOWN_FLAG);
    }

    /**
     * That ESP has no offload ("Type doesn't support offload") says no more than that: kernels up to Linux 6.14 look at it
     * first, and the module may be missing.
     *
     * @param checksFlags whether the kernel is one of those that all check flags (from Linux 5.17 on, and many a stable one
     *     before): of another one acceptance means nothing
     */
    Support offload(boolean checksFlags) {
        if (toUnknownFlag.accepted()) {
            return checksFlags ? Support.NO : Support.UNKNOWN;
        }
        return isAboutFlags(toUnknownFlag) || isOnlyTheFlag() ? Support.YES : Support.UNKNOWN;
    }

    /** Of a kernel that refuses without a word: it does not once the flag is gone. */
    private boolean isOnlyTheFlag() {
        return toUnknownFlag.is(Errno.EINVAL)
                && toUnknownFlag.isWordless()
                && ask(NO_FLAG).accepted();
    }

    /** A kernel that knows the flag misses the device; one that does not says the same as of the unknown one. */
    Support packetOffload(Support offload) {
        if (offload == Support.NO) {
            return Support.NO;
        }
        if (!isAboutFlags(toUnknownFlag)) {
            return Support.UNKNOWN;
        }
        Answer answer = ask(Offload.PACKET);
        if (isAboutFlags(answer)) {
            return Support.NO;
        }
        return answer.is(Errno.EINVAL) ? Support.YES : Support.UNKNOWN;
    }

    private static boolean isAboutFlags(Answer answer) {
        return answer.says("Unrecognized flags");
    }

    /** As an attribute that is not interpreted, for a rehearsal leaves devices out. */
    private Answer ask(int flags) {
        byte[] device = ByteBuffer.allocate(XfrmUserOffload.CODEC.size())
                .order(ByteOrder.nativeOrder())
                .putInt(NO_DEVICE)
                .put((byte) flags)
                .array();
        StateOptions options =
                StateOptions.NONE.withOther(List.of(new RawAttribute(Xfrma.OFFLOAD_DEV, Bytes.of(device))));
        return rehearsals.of(
                esp.state(esp.works().orElseThrow()).options(options).build());
    }
}
