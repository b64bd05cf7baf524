package org.xfrmctl.netlink.sys;

import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;

/** An open file descriptor. Closing it twice closes it once; who closes must know that nobody is still using it. */
final class FileDescriptor implements AutoCloseable {
    private final int number;
    private boolean closed;

    /** Takes the result of a call that returns a descriptor, or raises that call's error. */
    FileDescriptor(String call, int result) {
        check(call, result);
        this.number = result;
    }

    int number() {
        return number;
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            LibC.get().close(number);
        }
    }

    /** Raises the error of {@code call} if {@code result} says so. */
    static long check(String call, long result) {
        if (result < 0) {
            throw new NetlinkException(LibC.errno(), call);
        }
        return result;
    }

    /** Whether a call that returned {@code result} was only interrupted and has to be made again. */
    static boolean wasInterrupted(long result) {
        return result < 0 && LibC.errno() == Errno.EINTR.number();
    }
}
