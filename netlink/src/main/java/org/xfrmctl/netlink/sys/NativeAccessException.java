package org.xfrmctl.netlink.sys;

/** The binding to libc could not be loaded, so there is no way to a kernel. The message says what to look at. */
public final class NativeAccessException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NativeAccessException(LinkageError cause) {
        super(
                "the binding to libc cannot be loaded: it is unpacked to " + System.getProperty("java.io.tmpdir")
                        + ", which must be writable and not mounted noexec; else set TMPDIR to a directory that is",
                cause);
    }
}
