package org.xfrmctl.bench;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.xfrmctl.datapath.esp.EspTransform;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;

/** What the benchmarks work on, the same in every run. */
final class Samples {
    static final IpAddress CAROL = IpAddress.parse("192.168.0.100");
    private static final IpAddress MOON = IpAddress.parse("192.168.0.1");
    private static final Reqid REQID = new Reqid(1);
    private static final String[] WORDS = {
        "the ",
        "packet ",
        "state ",
        "of ",
        "a ",
        "kernel ",
        "policy ",
        "is ",
        "found ",
        "by ",
        "address ",
        "and ",
        "mark ",
        "which ",
        "nobody ",
        "expects ",
        "to ",
        "be ",
        "compressed, ",
        "then "
    };

    /** The protocol of what the packets carry. */
    static final int TCP = 6;

    private Samples() {}

    static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    /** Words in random order: about as compressible as prose. */
    static byte[] text(int length) {
        Random random = new Random(length);
        StringBuilder text = new StringBuilder(length + 16);
        while (text.length() < length) {
            text.append(WORDS[random.nextInt(WORDS.length)]);
        }
        return text.substring(0, length).getBytes(StandardCharsets.US_ASCII);
    }

    static EspTransform esp() {
        return EspTransform.of(state().algorithms(), state().id().spi(), false, new Random(1));
    }

    static XfrmState state() {
        return XfrmState.builder(new SaId(MOON, new Spi(0x1001), IpProtocol.ESP), CAROL)
                .mode(Mode.TUNNEL)
                .reqid(REQID)
                .algorithms(List.of(new Algorithm.Aead("rfc4106(gcm(aes))", Key.of(bytes(20)), 128)))
                .build();
    }

    static XfrmPolicy policy() {
        return policy(Direction.OUT);
    }

    static XfrmPolicy policy(Direction direction) {
        return XfrmPolicy.builder(
                        Selector.between(IpPrefix.parse("10.3.0.0/16"), IpPrefix.parse("10.1.0.0/16")), direction)
                .templates(List.of(Template.tunnel(CAROL, MOON, IpProtocol.ESP, REQID, Level.REQUIRED)))
                .build();
    }
}
