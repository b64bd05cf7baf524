package org.xfrmctl.netlink.xfrm;

import java.util.List;
import java.util.Optional;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.message.Attributes;
import org.xfrmctl.netlink.message.Diagnosis;
import org.xfrmctl.netlink.message.ErrorMessage;
import org.xfrmctl.netlink.message.FieldNames;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.uapi.XfrmAlgo;
import org.xfrmctl.netlink.uapi.XfrmMsg;
import org.xfrmctl.netlink.uapi.XfrmUsersaInfo;
import org.xfrmctl.netlink.uapi.Xfrma;

/** Why an XFRM kernel usually refuses, and which field it means. */
final class XfrmDiagnosis implements Diagnosis {
    private static final String NO_STATE =
            "no state has this destination, SPI, protocol and mark; one with a mark must be named with it";

    private static final String ITS_DIRECTION = "; since Linux 6.10 its direction must be the same too";

    /** The attributes of algorithms, all of which begin with {@code struct xfrm_algo}. */
    private static final List<Integer> ALGORITHMS =
            List.of(Xfrma.ALG_AEAD, Xfrma.ALG_AUTH_TRUNC, Xfrma.ALG_AUTH, Xfrma.ALG_CRYPT, Xfrma.ALG_COMP);

    @Override
    public Optional<String> fieldAt(NetlinkMessage request, int offset) {
        return FieldNames.at(request, XfrmMsg.TABLE, offset);
    }

    @Override
    public String attribute(NetlinkMessage request, int type) {
        return XfrmMsg.TABLE.attributes(request.type()).name(type);
    }

    @Override
    public Optional<String> hint(NetlinkMessage request, ErrorMessage error) {
        String text = error.text().orElse("");
        return KernelWords.hint(text).or(() -> Errno.of(error.errno()).flatMap(errno -> hint(request, errno, text)));
    }

    private static Optional<String> hint(NetlinkMessage request, Errno errno, String text) {
        return switch (errno) {
            case EPERM ->
                Optional.of(
                        request.type() == XfrmMsg.DELSA
                                ? "either " + NetlinkException.NO_PRIVILEGE
                                        + "; or the state is the kernel's own and goes with its IPComp state"
                                : NetlinkException.NO_PRIVILEGE);
            case EPROTONOSUPPORT ->
                text.contains("type not found") || text.isEmpty() ? missingModule(request) : Optional.empty();
            case ENOSYS -> Optional.of(missingAlgorithm(request));
            case EEXIST -> Optional.of(exists(request));
            case ESRCH -> Optional.of(request.type() == XfrmMsg.UPDSA ? NO_STATE + ITS_DIRECTION : NO_STATE);
            case ENOENT -> absent(request);
            case ENOPROTOOPT -> Optional.of("the kernel was built without CONFIG_XFRM_MIGRATE");
            case ENODATA -> Optional.of("the policy is there, but no template or state of it has the old ends");
            default -> Optional.empty();
        };
    }

    private static String exists(NetlinkMessage request) {
        return isPolicy(request)
                ? "a policy with this direction, selector, type, mark and if_id is there already: update it"
                : "a state with this destination, SPI and protocol is there already, under this mark or without"
                        + " one; the source does not tell them apart";
    }

    private static Optional<String> absent(NetlinkMessage request) {
        return switch (request.type()) {
            case XfrmMsg.ALLOCSPI ->
                Optional.of("every SPI that was tried is in use by this protocol: give a wider range");
            case XfrmMsg.EXPIRE -> Optional.of(NO_STATE);
            default ->
                isPolicy(request)
                        ? Optional.of("no policy has this direction, selector, type, mark and if_id, each exactly so")
                        : Optional.empty();
        };
    }

    private static Optional<String> missingModule(NetlinkMessage request) {
        if (!hasState(request)) {
            return Optional.empty();
        }
        XfrmUsersaInfo info = request.body(XfrmUsersaInfo.CODEC);
        IpProtocol protocol = new IpProtocol(Byte.toUnsignedInt(info.id().proto()));
        Family family = info.family() == Family.INET6.number() ? Family.INET6 : Family.INET;
        return Optional.of(KernelOptions.ofTransform(protocol, family)
                .map(option -> "this kernel lacks " + option + ": `modprobe " + option.module()
                        + "`, or use a kernel built with it")
                .orElse("no kernel has a transform for protocol " + protocol));
    }

    private static String missingAlgorithm(NetlinkMessage request) {
        List<String> wanted = algorithms(request).stream()
                .map(name -> name
                        + KernelOptions.ofAlgorithm(name)
                                .map(option -> " is " + option)
                                .orElse(" is no name that Linux knows"))
                .toList();
        return "the kernel has no such algorithm or tag length, or its module is missing: look into /proc/crypto"
                + (wanted.isEmpty() ? "" : "; " + String.join("; ", wanted));
    }

    private static List<String> algorithms(NetlinkMessage request) {
        if (!hasState(request)) {
            return List.of();
        }
        Attributes attributes = request.attributesUpToFault(XfrmUsersaInfo.CODEC.size());
        return ALGORITHMS.stream()
                .flatMap(type -> attributes.find(type).stream())
                .filter(attribute -> attribute.length() >= XfrmAlgo.CODEC.size())
                .map(attribute -> attribute.struct(XfrmAlgo.CODEC).algName())
                .toList();
    }

    private static boolean hasState(NetlinkMessage request) {
        return (request.type() == XfrmMsg.NEWSA || request.type() == XfrmMsg.UPDSA)
                && request.bodyLength() >= XfrmUsersaInfo.CODEC.size();
    }

    private static boolean isPolicy(NetlinkMessage request) {
        return switch (request.type()) {
            case XfrmMsg.NEWPOLICY,
                    XfrmMsg.UPDPOLICY,
                    XfrmMsg.DELPOLICY,
                    XfrmMsg.GETPOLICY,
                    XfrmMsg.POLEXPIRE,
                    XfrmMsg.MIGRATE -> true;
            default -> false;
        };
    }
}
