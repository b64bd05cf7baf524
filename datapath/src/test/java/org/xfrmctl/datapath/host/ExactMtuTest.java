package org.xfrmctl.datapath.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.datapath.engine.Samples.REQID;
import static org.xfrmctl.datapath.engine.Samples.comp;
import static org.xfrmctl.datapath.engine.Samples.ip;
import static org.xfrmctl.datapath.engine.Samples.key;
import static org.xfrmctl.datapath.engine.Samples.policy;
import static org.xfrmctl.datapath.engine.Samples.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.host.Gateways.Plan;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.Ipv4Header;
import org.xfrmctl.datapath.wire.Ipv6Header;
import org.xfrmctl.datapath.wire.UdpHeader;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Encap;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.NatTraversal;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.StateExtras;
import org.xfrmctl.model.StateFlag;
import org.xfrmctl.model.StateFlags;
import org.xfrmctl.model.StateOptions;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.model.mtu.MtuSum;

/** Random chains of states on random links: the computed MTU is exact, to the byte. */
class ExactMtuTest {
    private static final int ROUNDS = 400;
    private static final String TOO_LONG = "Message too long";
    private static final int FRAGMENT_HEADER = 44;
    private static final int MORE_OR_OFFSET = 0x3fff;

    /** Innermost first. */
    private static final List<String> CHAINS = List.of(
            "esp tunnel",
            "ah tunnel",
            "comp tunnel",
            "comp tunnel + esp transport",
            "comp tunnel + ah transport",
            "esp tunnel + ah transport",
            "esp transport",
            "ah transport",
            "comp transport + esp transport",
            "esp transport + ah transport",
            "esp beet");

    @Test
    void aPacketOfTheMtuPassesWholeAndOneByteMoreIsRefused() {
        long seed = new Random().nextLong();
        System.out.println("ExactMtuTest: seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            Round drawn = new Round(random);
            String what = "seed " + seed + ", round " + round + ": " + drawn;
            drawn.fromASocket(what);
            drawn.inTransit(what);
        }
    }

    /** One chain on one link. */
    private static final class Round {
        private final Random random;
        private final String chain;
        private final boolean inner6;
        private final boolean outer6;
        private final int link;
        private final List<XfrmState> states = new ArrayList<>();
        private final Forwarders forwarders;
        private final int mtu;

        Round(Random random) {
            this.random = random;
            this.chain = CHAINS.get(random.nextInt(CHAINS.size()));
            this.outer6 = random.nextBoolean();
            this.inner6 = isBetweenGateways() ? outer6 : random.nextBoolean();
            // So that IPv6 inside always has its 1280.
            this.link = 1450 + random.nextInt(2000);
            this.forwarders = new Forwarders(link);
            forwarders.moon.silent(true);
            List<Template> templates = new ArrayList<>();
            for (String words : chain.split(" \\+ ", -1)) {
                XfrmState state = drawn(words, states.size());
                states.add(state);
                templates.add(template(state));
                forwarders.carol.namespace().states().insert(state);
            }
            Gateways.add(
                    forwarders.carol,
                    policy(Direction.OUT, source() + (inner6 ? "/64" : "/24"), destination() + (inner6 ? "/64" : "/16"))
                            .templates(templates)
                            .build());
            this.mtu = MtuSum.of(states, link).left();
        }

        private boolean isBetweenGateways() {
            return chain.contains("transport") && !chain.contains("tunnel");
        }

        private String source() {
            return isBetweenGateways() ? Plan.of(outer6).carol() : inner6 ? "fd03::1" : "10.3.0.1";
        }

        private String destination() {
            return isBetweenGateways() ? Plan.of(outer6).moon() : inner6 ? "fd01::9" : "10.1.0.9";
        }

        private XfrmState drawn(String words, int place) {
            String from = Plan.of(outer6).carol();
            String to = Plan.of(outer6).moon();
            Mode mode = words.contains("tunnel") ? Mode.TUNNEL : words.contains("beet") ? Mode.BEET : Mode.TRANSPORT;
            XfrmState.Builder state = words.startsWith("comp")
                    ? comp(from, to, 0x100 + place, mode)
                    : words.startsWith("ah")
                            ? state(from, to, IpProtocol.AH, 0x100 + place).algorithms(List.of(hash()))
                            : state(from, to, IpProtocol.ESP, 0x100 + place).algorithms(suite());
            state.mode(mode);
            if (mode.equals(Mode.BEET)) {
                return state.selector(Selector.between(IpPrefix.host(ip(source())), IpPrefix.host(ip(destination()))))
                        .build();
            }
            state.selector(Selector.any(Family.UNSPEC)).flags(flags(words));
            return words.startsWith("esp") ? state.options(options(mode)).build() : state.build();
        }

        private StateFlags flags(String words) {
            StateFlags flags = StateFlags.NONE.with(StateFlag.AF_UNSPEC);
            return words.startsWith("ah") && !outer6 && random.nextBoolean() ? flags.with(StateFlag.ALIGN4) : flags;
        }

        private StateOptions options(Mode mode) {
            StateOptions options = mode.equals(Mode.TUNNEL) && random.nextInt(3) == 0
                    ? StateOptions.NONE.withExtras(StateExtras.NONE.withTfcPad(1 + random.nextInt(4000)))
                    : StateOptions.NONE;
            Encap encap = new Encap(Encap.ESPINUDP, 4500, 4500, IpAddress.any(outer6 ? Family.INET6 : Family.INET));
            return random.nextInt(3) == 0 ? options.withNatTraversal(NatTraversal.of(encap)) : options;
        }

        private Algorithm hash() {
            return List.of(
                            new Algorithm.Authentication("hmac(sha1)", key(20), 96),
                            new Algorithm.Authentication("hmac(sha256)", key(32), 128),
                            new Algorithm.Authentication("hmac(sha384)", key(48), 192),
                            new Algorithm.Authentication("hmac(sha512)", key(64), 256))
                    .get(random.nextInt(4));
        }

        private List<Algorithm> suite() {
            return switch (random.nextInt(6)) {
                case 0 -> List.of(new Algorithm.Aead("rfc4106(gcm(aes))", key(20), 64 + 32 * random.nextInt(3)));
                case 1 -> List.of(new Algorithm.Aead("rfc7539esp(chacha20,poly1305)", key(36), 128));
                case 2 -> List.of(new Algorithm.Encryption("cbc(des3_ede)", key(24)), hash());
                case 3 -> List.of(new Algorithm.Encryption("ecb(cipher_null)", key(0)), hash());
                case 4 -> List.of(new Algorithm.Encryption("rfc3686(ctr(aes))", key(20)), hash());
                default -> List.of(new Algorithm.Encryption("cbc(aes)", key(16)), hash());
            };
        }

        private static Template template(XfrmState state) {
            if (state.mode().equals(Mode.TRANSPORT)) {
                return Template.transport(state.family(), state.id().protocol(), REQID, Level.REQUIRED);
            }
            SaId id = new SaId(state.id().destination(), Spi.NONE, state.id().protocol());
            return new Template(
                    id, state.source(), REQID, state.mode(), Level.REQUIRED, Template.AlgorithmMasks.ALL, 0);
        }

        void fromASocket(String what) {
            forwarders.onWan.clear();
            assertThat(send(mtu)).as(what).isEmpty();
            if (!isOverestimated()) {
                assertIsWhole(what);
            }
            forwarders.onWan.clear();
            assertThat(send(mtu + 1)).as(what).contains(TOO_LONG);
            assertThat(forwarders.onWan).as(what).isEmpty();
        }

        /**
         * For IPv4 in BEET over IPv6 the kernel aligns what would follow an IPv6 header. What follows the shorter IPv4 header
         * may take a block more, and then Linux fragments it.
         */
        private boolean isOverestimated() {
            return chain.equals("esp beet") && !inner6 && outer6;
        }

        private Optional<String> send(int length) {
            byte[] noise = new byte[length - (inner6 ? 48 : 28)];
            random.nextBytes(noise);
            PacketBuffer payload = PacketBuffer.of(noise);
            UdpHeader.prepend(payload, 40_000, 9);
            Optional<String> error = forwarders.carol.send(new Datagram(
                    Optional.of(ip(source())), ip(destination()), UdpHeader.PROTOCOL, payload, 0, Discovery.DO));
            forwarders.network.pump();
            return error;
        }

        /** What is between the gateways themselves is never in transit, nor is BEET's host. */
        void inTransit(String what) {
            if (!chain.contains("tunnel")) {
                return;
            }
            forwarders.send(packet(mtu));
            assertThat(forwarders.onLeft).as(what).isEmpty();
            assertIsWhole(what);
            forwarders.send(packet(mtu + 1));
            assertThat(forwarders.onWan).as(what).isEmpty();
            assertThat(forwarders.onLeft).as(what).hasSize(1);
        }

        private byte[] packet(int length) {
            byte[] noise = new byte[length - (inner6 ? 40 : 20)];
            random.nextBytes(noise);
            PacketBuffer packet = PacketBuffer.of(noise);
            packet.u16(4, packet.length());
            IpHeader ip = IpHeader.prepend(
                    packet, ip(inner6 ? "fd03::9" : "10.3.0.9"), ip(destination()), UdpHeader.PROTOCOL);
            if (ip instanceof Ipv4Header v4) {
                v4.dontFragment(true);
            }
            ip.finish(length);
            return packet.toBytes();
        }

        private void assertIsWhole(String what) {
            assertThat(forwarders.onWan).as(what).hasSize(1);
            byte[] sent = forwarders.onWan.get(0);
            assertThat(sent.length).as(what).isLessThanOrEqualTo(link);
            boolean fragment = outer6
                    ? sent[Ipv6Header.NEXT_HEADER] == FRAGMENT_HEADER
                    : (PacketBuffer.of(sent).u16(6) & MORE_OR_OFFSET) != 0;
            assertThat(fragment).as(what).isFalse();
        }

        @Override
        public String toString() {
            return chain + ", inner " + (inner6 ? 6 : 4) + ", outer " + (outer6 ? 6 : 4) + ", link " + link + ", MTU "
                    + mtu;
        }
    }
}
