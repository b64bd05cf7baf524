package org.xfrmctl.netlink;

import java.util.ArrayList;
import java.util.List;
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
     * @param sequence the request's {@code nlmsg_seq}; empty for system calls
     * @param kernel what the extended ack says
     * @param advice what this program adds
     */
    public record Refusal(String request, OptionalInt sequence, Said kernel, Advice advice) {}

    /**
     * The extended ack, with names for its numbers.
     *
     * @param text the kernel's own words
     * @param field the field that its offset points to, for example {@code tmpl[1].reqid}
     * @param allowed what the field may be
     * @param missing the attribute that should be there and is not
     */
    public record Said(
            Optional<String> text, Optional<String> field, Optional<String> allowed, Optional<String> missing) {
        public static final Said NOTHING =
                new Said(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * What the kernel does not say.
     *
     * @param hint the usual cause and what to do about it
     * @param inTheWay the object that the kernel found instead (EEXIST)
     */
    public record Advice(Optional<String> hint, Optional<String> inTheWay) {
        public static final Advice NONE = new Advice(Optional.empty(), Optional.empty());

        public static Advice hint(Optional<String> hint) {
            return new Advice(hint, Optional.empty());
        }
    }

    public NetlinkException(int number, Refusal refusal) {
        super(describe(number, refusal));
        this.number = number;
        this.refusal = refusal;
    }

    /** A failed system call. */
    public NetlinkException(int number, String call) {
        this(number, new Refusal(call, OptionalInt.empty(), Said.NOTHING, Advice.hint(hintFor(number))));
    }

    private static Optional<String> hintFor(int number) {
        return number == Errno.EPERM.number() ? Optional.of(NO_PRIVILEGE) : Optional.empty();
    }

    private static String describe(int number, Refusal refusal) {
        String name = Errno.of(number)
                .map(errno -> errno.name() + " (" + errno.text() + ")")
                .orElse("errno " + number);
        Said kernel = refusal.kernel();
        return refusal.request() + ": " + name
                + kernel.text()
                        .map(text -> ": the kernel says \"" + text + "\"")
                        .orElse("")
                + kernel.field().map(field -> ": at " + field).orElse("")
                + kernel.allowed().map(allowed -> ", which may be " + allowed).orElse("")
                + kernel.missing()
                        .map(missing -> ": " + missing + " is missing")
                        .orElse("");
    }

    /** The same refusal with the object that is in the way. */
    public NetlinkException inTheWay(String object) {
        return new NetlinkException(
                number,
                new Refusal(
                        refusal.request(),
                        refusal.sequence(),
                        refusal.kernel(),
                        new Advice(refusal.advice().hint(), Optional.of(object))));
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
        return refusal.advice().hint();
    }

    /** All that a person should read after the message, one thought a line. */
    public List<String> advice() {
        List<String> lines = new ArrayList<>();
        refusal.advice().inTheWay().ifPresent(object -> lines.add("in the way: " + object));
        refusal.advice().hint().ifPresent(lines::add);
        return lines;
    }
}
