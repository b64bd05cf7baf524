package org.xfrmctl.netlink.xfrm;

import java.util.Optional;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.message.Diagnosis;
import org.xfrmctl.netlink.message.ErrorMessage;
import org.xfrmctl.netlink.message.FieldNames;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.uapi.XfrmMsg;
import org.xfrmctl.netlink.uapi.XfrmUsersaInfo;

/** Why an XFRM kernel usually refuses, and which field it means. */
final class XfrmDiagnosis implements Diagnosis {
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
        return Errno.of(error.errno()).flatMap(errno -> switch (errno) {
            case EPERM ->
                Optional.of(
                        request.type() == XfrmMsg.DELSA
                                ? "either " + NetlinkException.NO_PRIVILEGE
                                        + "; or the state is the kernel's own and goes with its IPComp state"
                                : NetlinkException.NO_PRIVILEGE);
            case EPROTONOSUPPORT ->
                text.contains("type not found") || text.isEmpty() ? missingModule(request) : Optional.empty();
            case ENOSYS ->
                Optional.of("the kernel has no such algorithm, or its module is missing: look into /proc/crypto"
                        + " and at the kernel's CONFIG_CRYPTO_* options");
            case EEXIST -> exists(request);
            case ESRCH ->
                Optional.of(
                        "no state has this destination, SPI, protocol and mark; one with a mark must be named with it");
            case ENOENT ->
                isPolicy(request)
                        ? Optional.of("no policy has this direction, selector, type, mark and if_id, each exactly so")
                        : Optional.empty();
            case EINVAL ->
                text.contains("initialize cryptographic")
                        ? Optional.of("the key does not fit the algorithm, or the kernel's crypto modules are missing")
                        : Optional.empty();
            case ERANGE -> Optional.of("the kernel wants this attribute longer: it may be newer than this program");
            default -> Optional.empty();
        });
    }

    private static Optional<String> exists(NetlinkMessage request) {
        return Optional.of(
                isPolicy(request)
                        ? "a policy with this direction, selector, type, mark and if_id is there already: update it"
                        : "a state with this destination, SPI and protocol is there already, under this mark or without"
                                + " one; the source does not tell them apart");
    }

    private static Optional<String> missingModule(NetlinkMessage request) {
        if (request.type() != XfrmMsg.NEWSA && request.type() != XfrmMsg.UPDSA) {
            return Optional.empty();
        }
        XfrmUsersaInfo info = request.body(XfrmUsersaInfo.CODEC);
        String suffix = info.family() == Family.INET6.number() ? "6" : "4";
        return switch (Byte.toUnsignedInt(info.id().proto())) {
            case 50 -> Optional.of(load("esp" + suffix));
            case 51 -> Optional.of(load("ah" + suffix));
            case 108 -> Optional.of(load(suffix.equals("6") ? "ipcomp6" : "ipcomp"));
            default ->
                Optional.of("this kernel has no transform for protocol "
                        + new IpProtocol(Byte.toUnsignedInt(info.id().proto())));
        };
    }

    private static String load(String module) {
        return "the kernel module " + module + " is missing: `modprobe " + module + "`, or a kernel built with it";
    }

    private static boolean isPolicy(NetlinkMessage request) {
        return switch (request.type()) {
            case XfrmMsg.NEWPOLICY, XfrmMsg.UPDPOLICY, XfrmMsg.DELPOLICY, XfrmMsg.GETPOLICY -> true;
            default -> false;
        };
    }
}
