package org.xfrmctl.netlink.sys;

import java.util.OptionalLong;
import jnr.ffi.Pointer;

/** Users and groups by their numbers, of which Java tells nothing. */
public final class SystemUsers {
    /** Of {@code gr_gid} in {@code struct group}: behind two pointers, the name and the password. */
    private static final int POINTERS_BEFORE_GID = 2;

    private SystemUsers() {}

    /** The user that this process acts as. */
    public static long own() {
        return Integer.toUnsignedLong(LibC.get().geteuid());
    }

    /** The group of that name, from wherever this system has its groups; empty if there is none. */
    public static synchronized OptionalLong group(String name) {
        Pointer group = LibC.get().getgrnam(name);
        return group == null
                ? OptionalLong.empty()
                : OptionalLong.of(Integer.toUnsignedLong(group.getInt(
                        (long) POINTERS_BEFORE_GID * group.getRuntime().addressSize())));
    }
}
