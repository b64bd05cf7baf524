package org.xfrmctl.it.differential;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Runtime;
import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;
import jnr.ffi.annotations.SaveError;
import jnr.ffi.types.size_t;
import jnr.ffi.types.ssize_t;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;

/** The calls of libc that packets need. Public because JNR-FFI writes a class that implements it. */
public interface Posix {
    Posix LIBC = LibraryLoader.create(Posix.class).failImmediately().load("c");

    int O_RDWR = 2;
    int O_NONBLOCK = 0x800;
    long TUNSETIFF = 0x400454CA;
    short IFF_TUN_NO_PI = 0x1001;

    int SOCK_DGRAM = 2;
    int SOCK_RAW = 3;
    int SOCK_NONBLOCK = 0x800;
    int SOL_SOCKET = 1;
    int SO_REUSEADDR = 2;
    int SO_MARK = 36;
    int IPPROTO_IP = 0;
    int IP_TOS = 1;
    int IP_MTU_DISCOVER = 10;
    int IPPROTO_IPV6 = 41;
    int IPV6_MTU_DISCOVER = 23;
    int IPV6_TCLASS = 67;
    int IPPROTO_UDP = 17;
    int UDP_ENCAP = 100;

    @SaveError
    int open(String path, int flags);

    @SaveError
    int ioctl(int fd, long request, ByteBuffer argument);

    @SaveError
    @ssize_t
    long read(int fd, @Out ByteBuffer data, @size_t long length);

    @SaveError
    @ssize_t
    long write(int fd, @In ByteBuffer data, @size_t long length);

    @SaveError
    int socket(int domain, int type, int protocol);

    @SaveError
    int setsockopt(int fd, int level, int option, @In ByteBuffer value, int length);

    @SaveError
    int bind(int fd, @In ByteBuffer address, int length);

    @SaveError
    @ssize_t
    long sendto(int fd, @In ByteBuffer data, @size_t long length, int flags, @In ByteBuffer to, int toLength);

    @SaveError
    @ssize_t
    long recv(int fd, @Out ByteBuffer data, @size_t long length, int flags);

    int close(int fd);

    /** The errno of this thread's last call. */
    static int errno() {
        return Runtime.getSystemRuntime().getLastError();
    }

    /** Gives the result back unless the call failed. */
    static int check(String call, long result) {
        if (result < 0) {
            throw new IllegalStateException(call + " failed with errno " + errno());
        }
        return (int) result;
    }

    static void option(int fd, int level, int name, int value) {
        ByteBuffer four = ByteBuffer.allocateDirect(4).order(ByteOrder.nativeOrder());
        check("setsockopt " + level + " " + name, LIBC.setsockopt(fd, level, name, four.putInt(0, value), 4));
    }

    /** {@code struct sockaddr_in} or {@code sockaddr_in6}. */
    static ByteBuffer address(IpAddress address, int port) {
        boolean v4 = address.family() == Family.INET;
        ByteBuffer raw = ByteBuffer.allocateDirect(v4 ? 16 : 28).order(ByteOrder.nativeOrder());
        raw.putShort(0, (short) address.family().number());
        raw.put(2, (byte) (port >> 8)).put(3, (byte) port);
        raw.put(v4 ? 4 : 8, address.toBytes());
        return raw;
    }

    static ByteBuffer direct(byte[] bytes) {
        return ByteBuffer.allocateDirect(Math.max(1, bytes.length)).put(0, bytes);
    }
}
