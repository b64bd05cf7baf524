package org.xfrmctl.netlink;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * The kernel refused a request, or a system call on the socket failed. Ask {@link #is(Errno)}, do not read the text.
 * Never holds a key.
 */
public final class NetlinkException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What EPERM from a netlink call nearly always means. */
    public static final String NO_PRIVILEGE = "no CAP_NET_ADMIN here: run as root, or try it in `unshare -rn`";

    private final int number;
    private final transient Refusal refusal;

    /**
     * What is known of a refusal.
     *
     * @param request what was asked, for people: {@code add state src … dst …}
     * @param kernelText the extended ack's message
     * @param field the name of the field that the extended ack's offset points to
     * @param sequence the request's {@code nlmsg_seq}; empty for system calls
     * @param hint the usual cause and what to do about it
     */
    public record Refusal(
            String request,
            Optional<String> kernelText,
            Optional<String> field,
            OptionalInt sequence,
            Optional<String> hint) {
        /** A refusal of which no more is known than the kernel says. */
        public Refusal(String request, Optional<String> kernelText, Optional<String> field, OptionalInt sequence) {
            this(request, kernelText, field, sequence, Optional.empty());
        }
    }

    public NetlinkException(int number, Refusal refusal) {
        super(describe(number, refusal));
        this.number = number;
        this.refusal = refusal;
    }

    /** A failed system call. */
    public NetlinkException(int number, String call) {
        this(number, new Refusal(call, Optional.empty(), Optional.empty(), OptionalInt.empty(), hintFor(number)));
    }

    private static Optional<String> hintFor(int number) {
        return number == Errno.EPERM.number() ? Optional.of(NO_PRIVILEGE) : Optional.empty();
    }

    private static String describe(int number, Refusal refusal) {
        String name = Errno.of(number)
                .map(errno -> errno.name() + " (" + errno.text() + ")")
                .orElse("errno " + number);
        return refusal.request() + ": " + name
                + refusal.kernelText()
                        .map(text -> ": the kernel says \"" + text + "\"")
                        .orElse("")
                + refusal.field().map(field -> ": at " + field).orElse("");
    }

    /** The error number, positive. */
    public int number() {
        return number;
    }

    public boolean is(Errno errno) {
        return errno.number() == number;
    }

    public Refusal refusal() {
        return refusal;
    }

    /** The usual cause of this refusal and what to do about it, for people. */
    public Optional<String> hint() {
        return refusal.hint();
    }
}
