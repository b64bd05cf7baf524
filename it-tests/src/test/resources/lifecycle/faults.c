/*
 * Stands before libc in a JVM and counts what has an effect beyond it: datagrams to a netlink socket, and changes of the
 * files below the directory of XFRMCTL_FAULT_DIR. At a chosen one it does harm: FAIL makes that call fail, FREEZE that one and
 * all after it, so that nothing of the process has an effect any more, and KILL ends the process.
 *
 * With FAIL reception from netlink sockets counts, too. XFRMCTL_FAULT_KILL=N arms KILL from the start.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum mode { NONE, FAIL, FREEZE, KILL };
enum kind { SEND = 1, RECEIVE = 2, FILES = 4 };

static enum mode mode;
static int kinds, at, error, count;

/* Both for the program under test, by way of JNR; it makes one run at a time. */
void faults_arm(int new_mode, int new_kinds, int new_at, int new_error)
{
    mode = new_mode;
    kinds = new_kinds;
    at = new_at;
    error = new_error;
    count = 0;
}

int faults_count(void)
{
    return count;
}

__attribute__((constructor)) static void from_environment(void)
{
    const char *number = getenv("XFRMCTL_FAULT_KILL");
    if (number)
        faults_arm(KILL, SEND | FILES, atoi(number), 0);
}

/* Whether the call that is about to be made must fail. */
static int harmed(enum kind kind)
{
    if (!(kinds & kind))
        return 0;
    int now = count++;
    if (mode == KILL && now == at)
        kill(getpid(), SIGKILL);
    if ((mode == FAIL && now == at) || (mode == FREEZE && now >= at)) {
        errno = error;
        return 1;
    }
    return 0;
}

static int is_netlink(int socket)
{
    int domain = 0;
    socklen_t length = sizeof domain;
    int before = errno;
    int known = getsockopt(socket, SOL_SOCKET, SO_DOMAIN, &domain, &length) == 0;
    errno = before;
    return known && domain == AF_NETLINK;
}

static int is_ours(const char *path)
{
    const char *directory = getenv("XFRMCTL_FAULT_DIR");
    return directory && !strncmp(path, directory, strlen(directory));
}

static int is_our_file(int file)
{
    char link[64], path[4096];
    int before = errno;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    errno = before;
    if (length < 0)
        return 0;
    path[length] = 0;
    return is_ours(path);
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t sendto(int socket, const void *data, size_t size, int flags, const struct sockaddr *to, socklen_t length)
{
    return is_netlink(socket) && harmed(SEND) ? -1 : NEXT(sendto)(socket, data, size, flags, to, length);
}

ssize_t recvmsg(int socket, struct msghdr *message, int flags)
{
    return is_netlink(socket) && harmed(RECEIVE) ? -1 : NEXT(recvmsg)(socket, message, flags);
}

ssize_t write(int file, const void *data, size_t size)
{
    return is_our_file(file) && harmed(FILES) ? -1 : NEXT(write)(file, data, size);
}

ssize_t pwrite64(int file, const void *data, size_t size, off64_t offset)
{
    return is_our_file(file) && harmed(FILES) ? -1 : NEXT(pwrite64)(file, data, size, offset);
}

int ftruncate64(int file, off64_t size)
{
    return is_our_file(file) && harmed(FILES) ? -1 : NEXT(ftruncate64)(file, size);
}

int fsync(int file)
{
    return is_our_file(file) && harmed(FILES) ? -1 : NEXT(fsync)(file);
}

int fdatasync(int file)
{
    return is_our_file(file) && harmed(FILES) ? -1 : NEXT(fdatasync)(file);
}

int rename(const char *from, const char *to)
{
    return is_ours(to) && harmed(FILES) ? -1 : NEXT(rename)(from, to);
}

int unlink(const char *path)
{
    return is_ours(path) && harmed(FILES) ? -1 : NEXT(unlink)(path);
}

int mkdir(const char *path, mode_t rights)
{
    return is_ours(path) && harmed(FILES) ? -1 : ((int (*)(const char *, mode_t))dlsym(RTLD_NEXT, "mkdir"))(path, rights);
}

int open64(const char *path, int flags, ...)
{
    va_list more;
    va_start(more, flags);
    mode_t rights = flags & O_CREAT ? va_arg(more, mode_t) : 0;
    va_end(more);
    if (flags & (O_CREAT | O_TRUNC) && is_ours(path) && harmed(FILES))
        return -1;
    return NEXT(open64)(path, flags, rights);
}
