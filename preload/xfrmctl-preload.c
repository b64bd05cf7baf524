/*
 * Takes an unmodified program to xfrmctl's userspace kernel: its NETLINK_XFRM sockets become connections to the daemon's
 * Unix socket, whose path is in XFRMCTL_NETLINK_SOCKET. All other sockets are left alone, those of rtnetlink too; without
 * the variable, all are.
 *
 *     LD_PRELOAD=/path/to/xfrmctl-preload.so XFRMCTL_NETLINK_SOCKET=/path/to/socket ip xfrm state
 *
 * The daemon's socket is SOCK_SEQPACKET and carries the netlink datagrams as they are. So waiting (poll, select, epoll),
 * MSG_PEEK, MSG_TRUNC, MSG_DONTWAIT, O_NONBLOCK and the size of buffers are the Unix socket's own, and what is left to do
 * here is: addresses, which are sockaddr_nl for the program and nothing for the Unix socket; the port and the groups, which
 * the daemon is asked for on a connection of their own (struct request), because such a call has to be done when it
 * returns; and ENOBUFS, which the daemon tells as a datagram of one byte, for no netlink message is that short.
 *
 * Not done: read, write and sendmmsg and the like tell no ENOBUFS; the sender's address names no group; extended
 * acknowledgements are on, whether the program asked for them or not.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define EXPORT __attribute__((visibility("default")))

/* Each use of NEXT finds the C library's own function once. Two threads may both find it, and find the same. */
#define NEXT(name)                                                                                                     \
    static __typeof__(name) *next_##name;                                                                              \
    if (!next_##name)                                                                                                  \
    next_##name = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

/* What the first datagram of a connection asks, in host byte order. DoorRequest.java reads it. */
struct request {
    uint32_t magic;
    uint32_t operation;
    uint32_t port;   /* of the socket that is meant; 0 in OPEN */
    uint32_t wanted; /* BIND: the port to have, 0 for any; JOIN, LEAVE: the group */
    uint32_t groups; /* BIND: which of the first 32 groups to be in */
};

struct answer {
    uint32_t error; /* an errno, or 0 */
    uint32_t port;  /* of the socket, now */
};

#define MAGIC 0x78667231u /* "xfr1" */
enum { OPEN = 1, BIND, JOIN, LEAVE };

/* What the program may know of a socket. It is found by its inode, so a descriptor that was duplicated is known, too, and
 * one that was closed behind our back and now belongs to something else is not taken for ours. */
struct door {
    ino_t inode; /* 0: unused */
    int type;
    uint32_t port;
    uint32_t groups;
    int bound; /* A netlink socket shows no port before it is bound or has sent something. */
};

/* One entry for each descriptor below this number, which is where programs have theirs. */
#define DOORS 1024
static struct door doors[DOORS];
static int doors_end; /* beyond the highest entry ever used */
static pthread_mutex_t doors_lock = PTHREAD_MUTEX_INITIALIZER; /* guards both of them */

static int inode_of(int fd, ino_t *inode) {
    int saved = errno;
    struct stat status;
    int is_socket = fstat(fd, &status) == 0 && S_ISSOCK(status.st_mode);
    errno = saved;
    *inode = is_socket ? status.st_ino : 0;
    return is_socket;
}

static struct door *find_locked(int fd) {
    ino_t inode;
    if (doors_end == 0 || !inode_of(fd, &inode))
        return NULL;
    for (int i = 0; i < doors_end; i++) {
        if (doors[i].inode == inode)
            return &doors[i];
    }
    return NULL;
}

/* Copies what is known of a descriptor; false if it is none of ours. */
static int find(int fd, struct door *found) {
    pthread_mutex_lock(&doors_lock);
    struct door *door = find_locked(fd);
    if (door)
        *found = *door;
    pthread_mutex_unlock(&doors_lock);
    return door != NULL;
}

static int is_door(int fd) {
    struct door ignored;
    return find(fd, &ignored);
}

static int remember(int fd, const struct door *door) {
    if (fd >= DOORS) {
        errno = EMFILE;
        return -1;
    }
    pthread_mutex_lock(&doors_lock);
    doors[fd] = *door;
    if (fd >= doors_end)
        doors_end = fd + 1;
    pthread_mutex_unlock(&doors_lock);
    return 0;
}

static void mark_bound(int fd) {
    pthread_mutex_lock(&doors_lock);
    struct door *door = find_locked(fd);
    if (door)
        door->bound = 1;
    pthread_mutex_unlock(&doors_lock);
}

static int real_connect(int fd, const struct sockaddr *address, socklen_t length) {
    NEXT(connect);
    return next_connect(fd, address, length);
}

static ssize_t real_recv(int fd, void *data, size_t size, int flags) {
    NEXT(recv);
    return next_recv(fd, data, size, flags);
}

static ssize_t real_send(int fd, const void *data, size_t size, int flags) {
    NEXT(send);
    return next_send(fd, data, size, flags);
}

static int real_socket(int domain, int type, int protocol) {
    NEXT(socket);
    return next_socket(domain, type, protocol);
}

/* Connects to the daemon; returns a blocking descriptor. */
static int dial(const char *path, int flags) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    strcpy(address.sun_path, path);
    int fd = real_socket(AF_UNIX, SOCK_SEQPACKET | flags, 0);
    if (fd < 0)
        return -1;
    int result;
    do {
        result = real_connect(fd, (struct sockaddr *)&address, sizeof address);
    } while (result < 0 && errno == EINTR);
    if (result < 0) {
        int saved = errno;
        close(fd);
        errno = saved;
        return -1;
    }
    return fd;
}

/* Asks on a new connection and gives the daemon's answer, as a system call would. */
static int ask(int fd, struct request request, uint32_t *port) {
    struct answer answer = {0, 0};
    ssize_t done;
    request.magic = MAGIC;
    do {
        done = real_send(fd, &request, sizeof request, MSG_NOSIGNAL);
    } while (done < 0 && errno == EINTR);
    if (done < 0)
        return -1;
    do {
        done = real_recv(fd, &answer, sizeof answer, 0);
    } while (done < 0 && errno == EINTR);
    if (done < 0)
        return -1;
    if (done != sizeof answer) { /* Whoever answers there is no daemon of this program's. */
        errno = EPROTO;
        return -1;
    }
    if (answer.error) {
        errno = (int)answer.error;
        return -1;
    }
    *port = answer.port;
    return 0;
}

/* Asks something of a socket that is open. */
static int ask_of(struct request request, uint32_t *port) {
    const char *path = getenv("XFRMCTL_NETLINK_SOCKET");
    if (!path) {
        errno = ENOTCONN;
        return -1;
    }
    int fd = dial(path, SOCK_CLOEXEC);
    if (fd < 0)
        return -1;
    int result = ask(fd, request, port);
    int saved = errno;
    close(fd);
    errno = saved;
    return result;
}

static int open_door(const char *path, int type) {
    struct door door = {.type = type & ~(SOCK_CLOEXEC | SOCK_NONBLOCK)};
    int fd = dial(path, type & SOCK_CLOEXEC);
    if (fd < 0)
        return -1;
    inode_of(fd, &door.inode);
    if (ask(fd, (struct request){.operation = OPEN}, &door.port) < 0 || remember(fd, &door) < 0 ||
        ((type & SOCK_NONBLOCK) && fcntl(fd, F_SETFL, O_NONBLOCK) < 0)) {
        int saved = errno;
        close(fd);
        errno = saved;
        return -1;
    }
    return fd;
}

EXPORT int socket(int domain, int type, int protocol) {
    const char *path = getenv("XFRMCTL_NETLINK_SOCKET");
    int kind = type & ~(SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (domain == AF_NETLINK && protocol == NETLINK_XFRM && path && (kind == SOCK_RAW || kind == SOCK_DGRAM))
        return open_door(path, type);
    return real_socket(domain, type, protocol);
}

/* Whether an address that the program gives is one of netlink; if not, errno says so. */
static int is_netlink(const void *address, socklen_t length, struct sockaddr_nl *copy) {
    if (!address || length < sizeof *copy) {
        errno = EINVAL;
        return 0;
    }
    memcpy(copy, address, sizeof *copy);
    if (copy->nl_family != AF_NETLINK) {
        errno = EINVAL;
        return 0;
    }
    return 1;
}

/* Writes an address as the kernel does: as much as there is room for, and then how long it would have been. */
static void tell(uint32_t port, uint32_t groups, void *address, socklen_t *length) {
    struct sockaddr_nl own = {.nl_family = AF_NETLINK, .nl_pid = port, .nl_groups = groups};
    memcpy(address, &own, *length < sizeof own ? *length : sizeof own);
    *length = sizeof own;
}

EXPORT int bind(int fd, const struct sockaddr *address, socklen_t length) {
    NEXT(bind);
    struct door door;
    struct sockaddr_nl wanted;
    if (!find(fd, &door))
        return next_bind(fd, address, length);
    if (!is_netlink(address, length, &wanted))
        return -1;
    if (door.bound && wanted.nl_pid != door.port) { /* A port is for life. */
        errno = EINVAL;
        return -1;
    }
    struct request request = {
        .operation = BIND, .port = door.port, .wanted = wanted.nl_pid, .groups = wanted.nl_groups};
    if (ask_of(request, &door.port) < 0)
        return -1;
    pthread_mutex_lock(&doors_lock);
    struct door *known = find_locked(fd);
    if (known) {
        known->port = door.port;
        known->groups = wanted.nl_groups;
        known->bound = 1;
    }
    pthread_mutex_unlock(&doors_lock);
    return 0;
}

/* Only the kernel is spoken to, with or without being named. */
EXPORT int connect(int fd, const struct sockaddr *address, socklen_t length) {
    struct sockaddr_nl ignored;
    if (!is_door(fd))
        return real_connect(fd, address, length);
    if (!is_netlink(address, length, &ignored))
        return -1;
    mark_bound(fd);
    return 0;
}

EXPORT int getsockname(int fd, struct sockaddr *restrict address, socklen_t *restrict length) {
    NEXT(getsockname);
    struct door door;
    if (!find(fd, &door))
        return next_getsockname(fd, address, length);
    tell(door.bound ? door.port : 0, door.groups, address, length);
    return 0;
}

EXPORT int getpeername(int fd, struct sockaddr *restrict address, socklen_t *restrict length) {
    NEXT(getpeername);
    if (!is_door(fd))
        return next_getpeername(fd, address, length);
    tell(0, 0, address, length);
    return 0;
}

static int membership(int fd, const struct door *door, uint32_t operation, const void *value, socklen_t length) {
    uint32_t group;
    uint32_t ignored;
    if (length < sizeof group) {
        errno = EINVAL;
        return -1;
    }
    memcpy(&group, value, sizeof group);
    struct request request = {.operation = operation, .port = door->port, .wanted = group};
    if (ask_of(request, &ignored) < 0)
        return -1;
    pthread_mutex_lock(&doors_lock);
    struct door *known = find_locked(fd);
    if (known && group <= 32) {
        uint32_t bit = 1u << (group - 1);
        known->groups = operation == JOIN ? known->groups | bit : known->groups & ~bit;
    }
    pthread_mutex_unlock(&doors_lock);
    return 0;
}

/* What changes nothing here is taken: there is one namespace, and answers always say all that they can. */
static int netlink_option(int fd, const struct door *door, int option, const void *value, socklen_t length) {
    switch (option) {
    case NETLINK_ADD_MEMBERSHIP:
        return membership(fd, door, JOIN, value, length);
    case NETLINK_DROP_MEMBERSHIP:
        return membership(fd, door, LEAVE, value, length);
    case NETLINK_PKTINFO:
    case NETLINK_BROADCAST_ERROR:
    case NETLINK_NO_ENOBUFS:
    case NETLINK_LISTEN_ALL_NSID:
    case NETLINK_CAP_ACK:
    case NETLINK_EXT_ACK:
    case NETLINK_GET_STRICT_CHK:
        return 0;
    default:
        errno = ENOPROTOOPT;
        return -1;
    }
}

EXPORT int setsockopt(int fd, int level, int option, const void *value, socklen_t length) {
    NEXT(setsockopt);
    struct door door;
    if (level != SOL_NETLINK || !find(fd, &door))
        return next_setsockopt(fd, level, option, value, length);
    return netlink_option(fd, &door, option, value, length);
}

/* Whoever is handed a socket and asks what it is hears what it was opened as. */
EXPORT int getsockopt(int fd, int level, int option, void *restrict value, socklen_t *restrict length) {
    NEXT(getsockopt);
    struct door door;
    int known;
    if (level != SOL_SOCKET || (option != SO_DOMAIN && option != SO_TYPE && option != SO_PROTOCOL) || !find(fd, &door))
        return next_getsockopt(fd, level, option, value, length);
    known = option == SO_DOMAIN ? AF_NETLINK : option == SO_TYPE ? door.type : NETLINK_XFRM;
    if (*length > sizeof known)
        *length = sizeof known;
    memcpy(value, &known, *length);
    return 0;
}

/* Whether the kernel is meant; nobody else is there to be reached. */
static int is_for_kernel(const void *address, socklen_t length) {
    struct sockaddr_nl to;
    if (!address)
        return 1;
    if (!is_netlink(address, length, &to))
        return 0;
    if (to.nl_pid != 0) {
        errno = ECONNREFUSED;
        return 0;
    }
    return 1;
}

static size_t size_of(const struct iovec *parts, size_t count) {
    size_t size = 0;
    for (size_t i = 0; i < count; i++)
        size += parts[i].iov_len;
    return size;
}

EXPORT ssize_t sendmsg(int fd, const struct msghdr *message, int flags) {
    NEXT(sendmsg);
    if (!is_door(fd))
        return next_sendmsg(fd, message, flags);
    if (!is_for_kernel(message->msg_name, message->msg_namelen))
        return -1;
    mark_bound(fd);
    if (size_of(message->msg_iov, message->msg_iovlen) == 0) {
        errno = ENODATA; /* So say newer kernels; and it would look like the end of the connection. */
        return -1;
    }
    struct msghdr bare = {.msg_iov = message->msg_iov, .msg_iovlen = message->msg_iovlen};
    return next_sendmsg(fd, &bare, flags | MSG_NOSIGNAL);
}

EXPORT ssize_t sendto(
    int fd, const void *data, size_t size, int flags, const struct sockaddr *address, socklen_t length) {
    NEXT(sendto);
    if (!is_door(fd))
        return next_sendto(fd, data, size, flags, address, length);
    struct iovec part = {(void *)data, size};
    struct msghdr message = {
        .msg_name = (void *)address, .msg_namelen = length, .msg_iov = &part, .msg_iovlen = 1};
    return sendmsg(fd, &message, flags);
}

EXPORT ssize_t send(int fd, const void *data, size_t size, int flags) {
    if (!is_door(fd))
        return real_send(fd, data, size, flags);
    return sendto(fd, data, size, flags, NULL, 0);
}

EXPORT ssize_t recvmsg(int fd, struct msghdr *message, int flags) {
    NEXT(recvmsg);
    if (!is_door(fd))
        return next_recvmsg(fd, message, flags);
    struct msghdr bare = {.msg_iov = message->msg_iov, .msg_iovlen = message->msg_iovlen};
    ssize_t length = next_recvmsg(fd, &bare, flags | MSG_TRUNC);
    if (length < 0)
        return -1;
    if (length == 1) {
        char lost;
        if (flags & MSG_PEEK)
            real_recv(fd, &lost, sizeof lost, 0);
        errno = ENOBUFS;
        return -1;
    }
    if (message->msg_name)
        tell(0, 0, message->msg_name, &message->msg_namelen);
    else
        message->msg_namelen = 0;
    message->msg_controllen = 0;
    message->msg_flags = bare.msg_flags & ~MSG_EOR;
    ssize_t room = (ssize_t)size_of(message->msg_iov, message->msg_iovlen);
    return (flags & MSG_TRUNC) || length < room ? length : room;
}

EXPORT ssize_t recvfrom(int fd, void *restrict data, size_t size, int flags, struct sockaddr *restrict address,
    socklen_t *restrict length) {
    NEXT(recvfrom);
    if (!is_door(fd))
        return next_recvfrom(fd, data, size, flags, address, length);
    struct iovec part = {data, size};
    struct msghdr message = {
        .msg_name = address, .msg_namelen = address ? *length : 0, .msg_iov = &part, .msg_iovlen = 1};
    ssize_t received = recvmsg(fd, &message, flags);
    if (received >= 0 && address)
        *length = message.msg_namelen;
    return received;
}

EXPORT ssize_t recv(int fd, void *data, size_t size, int flags) {
    if (!is_door(fd))
        return real_recv(fd, data, size, flags);
    return recvfrom(fd, data, size, flags, NULL, NULL);
}

/* What recv and recvfrom are called in programs built with _FORTIFY_SOURCE, where the buffer's size was known. */
extern void __chk_fail(void) __attribute__((noreturn));
ssize_t __recv_chk(int fd, void *data, size_t size, size_t room, int flags);
ssize_t __recvfrom_chk(int fd, void *restrict data, size_t size, size_t room, int flags,
    struct sockaddr *restrict address, socklen_t *restrict length);

EXPORT ssize_t __recv_chk(int fd, void *data, size_t size, size_t room, int flags) {
    if (size > room)
        __chk_fail();
    return recv(fd, data, size, flags);
}

EXPORT ssize_t __recvfrom_chk(int fd, void *restrict data, size_t size, size_t room, int flags,
    struct sockaddr *restrict address, socklen_t *restrict length) {
    if (size > room)
        __chk_fail();
    return recvfrom(fd, data, size, flags, address, length);
}
