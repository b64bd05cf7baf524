/*
 * The ceiling: what a loop over one netlink socket takes, with nothing around it that the kernel does not ask for.
 *
 *     loop policy|state add|delete|dump|ask COUNT TOGETHER
 *
 * Adds or deletes COUNT entries, TOGETHER of them in one datagram; the last of a datagram asks for an ack, and that is
 * waited for before the next is sent. With TOGETHER = 1 every request has its own system calls and its own ack. Or reads
 * the whole table and looks at the header of every message. Or asks COUNT times for the number of states, which is one
 * call to send and one to receive each time. Prints how many entries or answers there were, and the nanoseconds from the
 * first call to the last answer.
 *
 * The entries are those of Policies.java and States.java.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/netlink.h>
#include <linux/xfrm.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#define GATEWAY 0xc0000201 /* 192.0.2.1 */
#define HOST 0xc0000202    /* 192.0.2.2 */
#define SOURCE 0xac100001  /* 172.16.0.1 */
#define FIRST 0x0a000000   /* 10.0.0.0 */
#define FIRST_SPI 0x10000
#define KEY_LENGTH 20

struct new_policy {
    struct nlmsghdr header;
    struct xfrm_userpolicy_info policy;
    struct nlattr attribute;
    struct xfrm_user_tmpl template;
};

struct old_policy {
    struct nlmsghdr header;
    struct xfrm_userpolicy_id id;
};

struct new_state {
    struct nlmsghdr header;
    struct xfrm_usersa_info state;
    struct nlattr attribute;
    char algorithm[offsetof(struct xfrm_algo_aead, alg_key) + KEY_LENGTH];
};

struct old_state {
    struct nlmsghdr header;
    struct xfrm_usersa_id id;
};

/* One request, and where its length ends: a struct may be padded beyond it. */
union request {
    struct nlmsghdr header;
    struct new_policy new_policy;
    struct old_policy old_policy;
    struct new_state new_state;
    struct old_state old_state;
};

static int kernel;
static char answer[128 * 1024];

static void fail(const char *what, int error)
{
    fprintf(stderr, "loop: %s: %s\n", what, strerror(error));
    exit(1);
}

static long long now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static void open_kernel(void)
{
    struct sockaddr_nl address = {.nl_family = AF_NETLINK};
    kernel = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_XFRM);
    if (kernel < 0)
        fail("socket", errno);
    if (connect(kernel, (struct sockaddr *)&address, sizeof address) < 0)
        fail("connect", errno);
}

static void send_all(const void *bytes, size_t length)
{
    if (send(kernel, bytes, length, 0) < 0)
        fail("send", errno);
}

static int receive(void)
{
    ssize_t length = recv(kernel, answer, sizeof answer, MSG_TRUNC);
    if (length < 0)
        fail("recv", errno);
    if ((size_t)length > sizeof answer)
        fail("recv", EMSGSIZE);
    return length;
}

/* The error that a message carries; refusals come whether or not an ack was asked for. */
static void check(const struct nlmsghdr *message)
{
    int error = *(const int *)NLMSG_DATA(message);
    if (error)
        fail("the kernel refuses", -error);
}

/* Only acks and refusals come here: nothing is asked that is answered with data. */
static void await_ack(unsigned sequence)
{
    for (;;) {
        int length = receive();
        for (struct nlmsghdr *each = (void *)answer; NLMSG_OK(each, length); each = NLMSG_NEXT(each, length)) {
            check(each);
            if (each->nlmsg_seq == sequence)
                return;
        }
    }
}

static void no_limits(struct xfrm_lifetime_cfg *limits)
{
    limits->soft_byte_limit = limits->hard_byte_limit = XFRM_INF;
    limits->soft_packet_limit = limits->hard_packet_limit = XFRM_INF;
}

static void select_policy(struct xfrm_selector *selector)
{
    selector->family = AF_INET;
    selector->saddr.a4 = htonl(SOURCE);
    selector->prefixlen_s = selector->prefixlen_d = 32;
}

static void begin(union request *request, int type, size_t length)
{
    memset(request, 0, sizeof *request);
    request->header.nlmsg_type = type;
    request->header.nlmsg_len = length;
}

static void new_policy(union request *request)
{
    begin(request, XFRM_MSG_NEWPOLICY, offsetof(struct new_policy, template) + sizeof(struct xfrm_user_tmpl));
    struct new_policy *new = &request->new_policy;
    select_policy(&new->policy.sel);
    no_limits(&new->policy.lft);
    new->policy.dir = XFRM_POLICY_OUT;
    new->attribute.nla_type = XFRMA_TMPL;
    new->attribute.nla_len = NLA_HDRLEN + sizeof new->template;
    new->template.family = AF_INET;
    new->template.id.proto = IPPROTO_ESP;
    new->template.id.daddr.a4 = htonl(GATEWAY);
    new->template.saddr.a4 = htonl(HOST);
    new->template.mode = XFRM_MODE_TUNNEL;
    new->template.aalgos = new->template.ealgos = new->template.calgos = ~0u;
}

static void old_policy(union request *request)
{
    begin(request, XFRM_MSG_DELPOLICY, sizeof(struct old_policy));
    select_policy(&request->old_policy.id.sel);
    request->old_policy.id.dir = XFRM_POLICY_OUT;
}

static void new_state(union request *request)
{
    begin(request, XFRM_MSG_NEWSA, offsetof(struct new_state, algorithm) + sizeof request->new_state.algorithm);
    struct new_state *new = &request->new_state;
    struct xfrm_algo_aead *algorithm = (void *)new->algorithm;
    new->state.family = new->state.sel.family = AF_INET;
    new->state.id.daddr.a4 = htonl(GATEWAY);
    new->state.id.proto = IPPROTO_ESP;
    new->state.saddr.a4 = htonl(HOST);
    new->state.mode = XFRM_MODE_TUNNEL;
    no_limits(&new->state.lft);
    new->attribute.nla_type = XFRMA_ALG_AEAD;
    new->attribute.nla_len = NLA_HDRLEN + sizeof new->algorithm;
    strcpy(algorithm->alg_name, "rfc4106(gcm(aes))");
    algorithm->alg_key_len = KEY_LENGTH * 8;
    algorithm->alg_icv_len = 128;
    for (int i = 0; i < KEY_LENGTH; i++)
        algorithm->alg_key[i] = i;
}

static void old_state(union request *request)
{
    begin(request, XFRM_MSG_DELSA, sizeof(struct old_state));
    request->old_state.id.family = AF_INET;
    request->old_state.id.daddr.a4 = htonl(GATEWAY);
    request->old_state.id.proto = IPPROTO_ESP;
}

/* Makes it the request for the entry of this number. */
static void number(union request *request, int number)
{
    switch (request->header.nlmsg_type) {
    case XFRM_MSG_NEWPOLICY:
        request->new_policy.policy.sel.daddr.a4 = htonl(FIRST + number);
        request->new_policy.template.reqid = number + 1;
        break;
    case XFRM_MSG_DELPOLICY:
        request->old_policy.id.sel.daddr.a4 = htonl(FIRST + number);
        break;
    case XFRM_MSG_NEWSA:
        request->new_state.state.id.spi = htonl(FIRST_SPI + number);
        request->new_state.state.reqid = number + 1;
        break;
    default:
        request->old_state.id.spi = htonl(FIRST_SPI + number);
    }
    request->header.nlmsg_seq = number;
}

static void change(union request *request, int count, int together)
{
    size_t length = request->header.nlmsg_len;
    char *datagram = malloc(length * together);
    if (!datagram)
        fail("memory", ENOMEM);
    for (int i = 0; i < count; i += together) {
        int end = i + together < count ? i + together : count;
        for (int j = i; j < end; j++) {
            number(request, j);
            request->header.nlmsg_flags = NLM_F_REQUEST | (j == end - 1 ? NLM_F_ACK : 0);
            memcpy(datagram + (j - i) * length, request, length);
        }
        send_all(datagram, (end - i) * length);
        await_ack(end - 1);
    }
    free(datagram);
}

static int dump(int type)
{
    struct nlmsghdr request = {
        .nlmsg_len = sizeof request, .nlmsg_type = type, .nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP};
    int entries = 0;
    send_all(&request, sizeof request);
    for (;;) {
        int length = receive();
        for (struct nlmsghdr *each = (void *)answer; NLMSG_OK(each, length); each = NLMSG_NEXT(each, length)) {
            if (each->nlmsg_type == NLMSG_DONE || each->nlmsg_type == NLMSG_ERROR) {
                check(each);
                return entries;
            }
            entries++;
        }
    }
}

static void ask(int count)
{
    struct {
        struct nlmsghdr header;
        unsigned flags;
    } request = {{.nlmsg_len = sizeof request, .nlmsg_type = XFRM_MSG_GETSADINFO, .nlmsg_flags = NLM_F_REQUEST}, ~0u};
    for (int i = 0; i < count; i++) {
        send_all(&request, sizeof request);
        receive();
        if (((struct nlmsghdr *)answer)->nlmsg_type == NLMSG_ERROR)
            check((void *)answer);
    }
}

int main(int argc, char **argv)
{
    if (argc != 5 || atoi(argv[3]) < 1 || atoi(argv[4]) < 1) {
        fprintf(stderr, "usage: loop policy|state add|delete|dump|ask COUNT TOGETHER\n");
        return 2;
    }
    int policy = !strcmp(argv[1], "policy");
    int count = atoi(argv[3]);
    int together = atoi(argv[4]);
    union request request;
    open_kernel();
    long long start = now();
    if (!strcmp(argv[2], "ask")) {
        ask(count);
    } else if (!strcmp(argv[2], "dump")) {
        count = dump(policy ? XFRM_MSG_GETPOLICY : XFRM_MSG_GETSA);
    } else {
        if (!strcmp(argv[2], "add"))
            (policy ? new_policy : new_state)(&request);
        else
            (policy ? old_policy : old_state)(&request);
        change(&request, count, together);
    }
    printf("%d %lld\n", count, now() - start);
    return 0;
}
