package org.xfrmctl.netlink.probe;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.xfrmctl.model.DefaultPolicies;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.FakeTransport;
import org.xfrmctl.netlink.message.Attribute;
import org.xfrmctl.netlink.message.Attributes;
import org.xfrmctl.netlink.message.ErrorMessage;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.uapi.XfrmMsg;
import org.xfrmctl.netlink.uapi.XfrmUserpolicyType;
import org.xfrmctl.netlink.uapi.Xfrma;
import org.xfrmctl.netlink.xfrm.PolicyCodec;
import org.xfrmctl.netlink.xfrm.StateCodec;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/** Answers a probe as a Linux of some version does that has some of its parts ({@code xfrm_user_rcv_msg()}). */
final class FakeLinux {
    private static final String[] PARTS = {
        "esp4",
        "esp6",
        "ah4",
        "ah6",
        "ipcomp4",
        "ipcomp6",
        "espintcp",
        "iptfs",
        "sub",
        "migrate",
        "offload",
        "esp-offload"
    };

    /** Major and minor number, as 612 for 6.12. */
    private final int version;
    /** Names of parts, and algorithms under their own. */
    private final Set<String> parts;

    private FakeLinux(int version, Set<String> parts) {
        this.version = version;
        this.parts = parts;
    }

    static FakeLinux withAll(int version) {
        Set<String> all = new HashSet<>(Arrays.asList(PARTS));
        CandidateAlgorithm.ALL.forEach(algorithm -> all.add(algorithm.name()));
        return new FakeLinux(version, all);
    }

    static FakeLinux withNothing(int version) {
        return new FakeLinux(version, Set.of());
    }

    FakeLinux without(String... missing) {
        Set<String> left = new HashSet<>(parts);
        Arrays.asList(missing).forEach(left::remove);
        return new FakeLinux(version, left);
    }

    XfrmClient client() {
        return new XfrmClient(new FakeTransport(this::answer));
    }

    /** A kernel with one answer to everything. */
    static XfrmClient client(ErrorMessage always) {
        return new XfrmClient(new FakeTransport(request -> List.of(write(request, always))));
    }

    boolean has(String part) {
        return parts.contains(part);
    }

    boolean isSince(int first) {
        return version >= first;
    }

    private List<MessageWriter> answer(NetlinkMessage request) {
        if (request.type() == XfrmMsg.GETDEFAULT && isSince(514)) {
            MessageWriter data = new MessageWriter();
            data.begin(XfrmMsg.GETDEFAULT, 0, request.sequence(), FakeTransport.PORT);
            PolicyCodec.encode(new DefaultPolicies(2, 2, 2), data);
            return List.of(data.end());
        }
        int size = XfrmMsg.TABLE.body(request.type()).orElseThrow().size();
        Attributes attributes = request.attributes(size);
        return List.of(write(request, tooShort(attributes).orElseGet(() -> answer(request, attributes))));
    }

    private ErrorMessage answer(NetlinkMessage request, Attributes attributes) {
        return switch (request.type()) {
            case XfrmMsg.UPDSA -> new FakeStates(this).update(StateCodec.decode(request));
            case XfrmMsg.GETPOLICY -> policy(attributes);
            case XfrmMsg.MIGRATE ->
                has("migrate")
                        ? refusal(Errno.EINVAL, "Missing required MIGRATE attribute")
                        : ErrorMessage.of(Errno.ENOPROTOOPT, Optional.empty());
            case XfrmMsg.GETSADINFO -> ErrorMessage.SUCCESS;
            default -> ErrorMessage.of(Errno.EINVAL, Optional.empty());
        };
    }

    private ErrorMessage policy(Attributes attributes) {
        int type = Byte.toUnsignedInt(attributes
                .find(Xfrma.POLICY_TYPE)
                .orElseThrow()
                .struct(XfrmUserpolicyType.CODEC)
                .type());
        return type > (has("sub") ? 1 : 0)
                ? refusal(Errno.EINVAL, "Invalid policy type")
                : ErrorMessage.of(Errno.ENOENT, Optional.empty());
    }

    /** From SA_DIR on the check is strict. */
    private Optional<ErrorMessage> tooShort(Attributes attributes) {
        for (Attribute attribute : attributes) {
            if (attribute.type() <= lastAttribute()
                    && attribute.length()
                            < Xfrma.TABLE
                                    .payload(attribute.type())
                                    .orElseThrow()
                                    .shortest()) {
                return Optional.of(
                        attribute.type() < Xfrma.SA_DIR
                                ? refusal(Errno.ERANGE, "Attribute failed policy validation")
                                : refusal(Errno.EINVAL, "invalid attribute length"));
            }
        }
        return Optional.empty();
    }

    private int lastAttribute() {
        if (isSince(614)) {
            return Xfrma.IPTFS_PKT_SIZE;
        }
        if (isSince(613)) {
            return Xfrma.SA_PCPU;
        }
        if (isSince(611)) {
            return Xfrma.NAT_KEEPALIVE_INTERVAL;
        }
        if (isSince(610)) {
            return Xfrma.SA_DIR;
        }
        return isSince(517) ? Xfrma.MTIMER_THRESH : Xfrma.IF_ID;
    }

    /** Words came with Linux 6.1. */
    ErrorMessage refusal(Errno errno, String words) {
        return ErrorMessage.of(errno, isSince(601) ? Optional.of(words) : Optional.empty());
    }

    private static MessageWriter write(NetlinkMessage request, ErrorMessage answer) {
        MessageWriter out = new MessageWriter();
        answer.write(request, FakeTransport.PORT, true, out);
        return out;
    }
}
