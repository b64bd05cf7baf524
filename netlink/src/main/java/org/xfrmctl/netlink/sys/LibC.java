package org.xfrmctl.netlink.sys;

import java.nio.ByteBuffer;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;
import jnr.ffi.annotations.SaveError;
import jnr.ffi.types.size_t;
import jnr.ffi.types.ssize_t;
import jnr.ffi.types.u_int32_t;
import jnr.ffi.types.u_int64_t;
import org.jspecify.annotations.Nullable;

/**
 * The calls of libc that this program makes. Public because JNR-FFI writes a class that implements it; use
 * {@link AfNetlinkSocket}. Buffers are direct: then they are passed as they are, from their position on, and not copied.
 */
public interface LibC {
    int AF_UNIX = 1;
    int AF_INET = 2;
    int AF_INET6 = 10;
    int AF_NETLINK = 16;
    int AF_PACKET = 17;
    int SOCK_STREAM = 1;
    int SOCK_DGRAM = 2;
    int SOCK_RAW = 3;
    int SOCK_SEQPACKET = 5;
    int SOCK_CLOEXEC = 0x80000;
    int SOCK_NONBLOCK = 0x800;
    int O_RDWR = 2;
    int O_NONBLOCK = 0x800;
    int O_CLOEXEC = 0x80000;
    int EFD_CLOEXEC = 0x80000;
    int EFD_NONBLOCK = 0x800;
    int MSG_PEEK = 0x02;
    int MSG_DONTWAIT = 0x40;
    /** With {@code recvmsg}: what went wrong with what was sent. */
    int MSG_ERRQUEUE = 0x2000;
    /** With {@code send}: EPIPE, and no signal, if nobody is there any more. */
    int MSG_NOSIGNAL = 0x4000;
    /** With {@code recvmsg}: return the length that the datagram had, though it was cut. */
    int MSG_TRUNC = 0x20;

    int SOL_SOCKET = 1;
    /** The error that the next call would return; asking takes it away. */
    int SO_ERROR = 4;

    int SO_RCVBUF = 8;
    /** Sets the mark that rules and policies look at; for an administrator of the network namespace only. */
    int SO_MARK = 36;
    /** How long {@code send} waits at most. */
    int SO_SNDTIMEO = 21;
    /** {@code struct ucred}: process, user and group of who connected. */
    int SO_PEERCRED = 17;
    /** The supplementary groups of who connected (Linux 4.13). */
    int SO_PEERGROUPS = 59;
    /** As SO_RCVBUF, beyond {@code net.core.rmem_max}; for the first user namespace's administrator only. */
    int SO_RCVBUFFORCE = 33;
    /** A number of 64 bits that no other network namespace has until the next boot (Linux 5.14). */
    int SO_NETNS_COOKIE = 71;

    int SOL_NETLINK = 270;
    int NETLINK_ADD_MEMBERSHIP = 1;
    /** An option, and the type of the control message that it brings. */
    int NETLINK_LISTEN_ALL_NSID = 8;

    int SOL_PACKET = 263;
    int PACKET_ADD_MEMBERSHIP = 1;
    /** Each frame has a {@code struct virtio_net_hdr} in front, which says whether its checksum is still to be made. */
    int PACKET_VNET_HDR = 15;
    /** Do not hear what this machine sends itself. */
    int PACKET_IGNORE_OUTGOING = 23;

    int NETLINK_EXT_ACK = 11;
    int NETLINK_GET_STRICT_CHK = 12;
    int CLONE_NEWNET = 0x40000000;
    int SHUT_RDWR = 2;
    int AT_FDCWD = -100;
    int AT_SYMLINK_NOFOLLOW = 0x100;
    short POLLIN = 1;
    short POLLOUT = 4;

    @SaveError
    int socket(int domain, int type, int protocol);

    @SaveError
    int bind(int fd, @In ByteBuffer address, int length);

    @SaveError
    int listen(int fd, int backlog);

    @SaveError
    int accept4(int fd, @Nullable ByteBuffer address, @Nullable ByteBuffer length, int flags);

    @SaveError
    int connect(int fd, @In ByteBuffer address, int length);

    @SaveError
    int shutdown(int fd, int how);

    @SaveError
    int getsockname(int fd, @Out ByteBuffer address, ByteBuffer length);

    @SaveError
    int getsockopt(int fd, int level, int option, @Out ByteBuffer value, ByteBuffer length);

    @SaveError
    int setsockopt(int fd, int level, int option, @In ByteBuffer value, int length);

    @SaveError
    @ssize_t
    long sendto(int fd, @In ByteBuffer data, @size_t long length, int flags, @In ByteBuffer to, int toLength);

    @SaveError
    @ssize_t
    long send(int fd, @In ByteBuffer data, @size_t long length, int flags);

    @SaveError
    @ssize_t
    long recv(int fd, @Out ByteBuffer data, @size_t long length, int flags);

    /** {@code message} is a {@code struct msghdr}: see {@link ReceivedMessage}. */
    @SaveError
    @ssize_t
    long recvmsg(int fd, ByteBuffer message, int flags);

    @SaveError
    int poll(ByteBuffer fds, @u_int64_t long count, int timeoutMillis);

    @SaveError
    int eventfd(int initial, int flags);

    @SaveError
    @ssize_t
    long write(int fd, @In ByteBuffer data, @size_t long length);

    @SaveError
    @ssize_t
    long read(int fd, @Out ByteBuffer data, @size_t long length);

    /** {@code argument} is the structure that the request reads and writes. */
    @SaveError
    int ioctl(int fd, @u_int64_t long request, ByteBuffer argument);

    @SaveError
    int open(String path, int flags);

    @SaveError
    int fchmod(int fd, @u_int32_t int mode);

    /** With AT_SYMLINK_NOFOLLOW it refuses a symbolic link (EOPNOTSUPP); glibc before 2.32 refuses everything so. */
    @SaveError
    int fchmodat(int directory, String path, @u_int32_t int mode, int flags);

    /** -1 leaves the user, or the group, as it is. */
    @SaveError
    int lchown(String path, int user, int group);

    int geteuid();

    /** Null if there is none of that name; otherwise a {@code struct group}. For one thread at a time. */
    @SaveError
    @Nullable
    Pointer getgrnam(String name);

    @SaveError
    int setns(int fd, int type);

    /** Null if no interface has that index; otherwise {@code name}, which takes 16 bytes (IF_NAMESIZE). */
    @SaveError
    @Nullable
    Pointer if_indextoname(@u_int32_t int index, @Out ByteBuffer name);

    /** 0 if there is no interface of that name. */
    @SaveError
    @u_int32_t
    int if_nametoindex(String name);

    @SaveError
    int close(int fd);

    /**
     * The one binding, made when it is first asked for.
     *
     * @throws NativeAccessException if it cannot be made
     */
    static LibC get() {
        try {
            return Binding.LIBC;
        } catch (LinkageError e) {
            throw new NativeAccessException(e);
        }
    }

    /** Where a direct buffer's memory begins, for structs that hold pointers. */
    static long address(ByteBuffer direct) {
        return Pointer.wrap(Runtime.getRuntime(Binding.LIBC), direct).address();
    }

    /** The errno of this thread's last call. */
    static int errno() {
        return Runtime.getRuntime(Binding.LIBC).getLastError();
    }

    /** Holds the binding, so that offline commands never load native code. */
    final class Binding {
        private static final LibC LIBC =
                LibraryLoader.create(LibC.class).failImmediately().load("c");

        private Binding() {}
    }
}
