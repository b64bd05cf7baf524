package org.xfrmctl.datapath.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.datapath.engine.Samples.esp;
import static org.xfrmctl.datapath.engine.Samples.ip;
import static org.xfrmctl.datapath.engine.Samples.policy;
import static org.xfrmctl.datapath.engine.Samples.transport;
import static org.xfrmctl.datapath.engine.Samples.tunnel;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.engine.Samples.HandClock;
import org.xfrmctl.datapath.esp.EspTransform;
import org.xfrmctl.datapath.wire.Flow;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.Template;

/**
 * What a packet leaves behind for the garbage collector once its flow is known: no more than the JCA's cipher does, but
 * for one object. Bytes are counted, not time.
 */
class SteadyPathTest {
    private static final int PAYLOAD = 64;
    private static final int UDP = 17;
    /** The largest that there are on this path. */
    private static final long ONE_OBJECT = 32;

    private static final int PACKETS = 2000;
    /** Until then the JVM's compilers have done their work, on any machine. */
    private static final int MOST_ROUNDS = 300;

    private interface Work {
        void run() throws GeneralSecurityException;
    }

    /** Bytes for one packet in the best of many rounds, which end as soon as one keeps to the limit. */
    private static long bytes(Work work, long limit) throws GeneralSecurityException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().getId();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < MOST_ROUNDS && least > limit; round++) {
            long before = threads.getThreadAllocatedBytes(self);
            for (int i = 0; i < PACKETS; i++) {
                work.run();
            }
            least = Math.min(least, (threads.getThreadAllocatedBytes(self) - before) / PACKETS);
        }
        return least;
    }

    /** The cipher alone, in as many rounds as make no difference any more. */
    private static long bareBytes(Work work) throws GeneralSecurityException {
        for (int i = 0; i < 20 * PACKETS; i++) {
            work.run();
        }
        return bytes(work, 0);
    }

    @Test
    void sealAndOpenLeaveWhatTheCipherLeaves() throws GeneralSecurityException {
        Bare bare = new Bare(PAYLOAD + 4);
        EspTransform esp = EspTransform.of(Samples.gcm(128), new Spi(1), false, new Random(1));
        PacketBuffer packet = PacketBuffer.of(new byte[PAYLOAD]);
        long[] sequence = {0};
        long limit = bareBytes(bare::seal) + ONE_OBJECT;
        assertThat(bytes(
                        () -> {
                            esp.seal(packet, UDP, ++sequence[0], 0);
                            packet.dropFront(esp.headerLength());
                            packet.dropBack(packet.length() - PAYLOAD);
                        },
                        limit))
                .isLessThanOrEqualTo(limit);
        esp.seal(packet, UDP, ++sequence[0], 0);
        byte[] sealed = packet.toBytes();
        long openLimit = bareBytes(bare::open) + ONE_OBJECT;
        assertThat(bytes(
                        () -> {
                            packet.replace(sealed, 0, sealed.length);
                            assertThatIs(UDP, esp.open(packet, sequence[0]));
                            packet.addFront(esp.headerLength());
                        },
                        openLimit))
                .isLessThanOrEqualTo(openLimit);
    }

    /** Lookup, bundle, transform, link, lookup by SPI, transform, policy check: there and back through one namespace. */
    @ParameterizedTest
    @CsvSource({"false, TUNNEL", "true, TUNNEL", "false, TRANSPORT", "true, TRANSPORT"})
    void theWholeWayLeavesWhatTheCipherLeaves(boolean v6, String mode) throws GeneralSecurityException {
        Way way = new Way(v6, mode.equals("TUNNEL"));
        Bare bare = new Bare(way.inner.length);
        assertThat(bytes(way::lookUp, 0)).isZero();
        long limit = bareBytes(() -> {
                    bare.seal();
                    bare.open();
                })
                + ONE_OBJECT;
        assertThat(bytes(way::thereAndBack, limit)).isLessThanOrEqualTo(limit);
        assertThat(way.namespace.statistics().snapshot().values()).containsOnly(0L);
    }

    private static void assertThatIs(int expected, int actual) {
        if (expected != actual) {
            throw new AssertionError(actual + " instead of " + expected);
        }
    }

    /** One flow through one state, out and in again. */
    private static final class Way {
        private final XfrmNamespace namespace = new XfrmNamespace(new HandClock(), new Random(7));
        private final OutputProcessor output = new OutputProcessor(namespace, () -> 1);
        private final InputProcessor input = new InputProcessor(namespace);
        private final Routing routing;
        private final FlowKey flow;
        private final byte[] inner;
        private final PacketBuffer buffer;
        private final Packet packet;

        Way(boolean v6, boolean tunnelled) {
            String from = v6 ? "fec0::100" : "192.168.0.100";
            String to = v6 ? "fec0::1" : "192.168.0.1";
            Mode mode = tunnelled ? Mode.TUNNEL : Mode.TRANSPORT;
            namespace.states().insert(esp(from, to, 0x1001, mode).build());
            String net = v6 ? "::/0" : "0.0.0.0/0";
            Template template = tunnelled
                    ? tunnel(from, to, IpProtocol.ESP, Level.REQUIRED)
                    : transport(from, IpProtocol.ESP, Level.REQUIRED);
            for (Direction direction : List.of(Direction.OUT, Direction.IN)) {
                namespace
                        .policies()
                        .insert(policy(direction, net, net)
                                .templates(List.of(template))
                                .build());
            }
            Optional<Routing.Path> path = Optional.of(new Routing.Path(1500, ip(from), 2));
            routing = destination -> path;
            PacketBuffer whole = PacketBuffer.of(new byte[PAYLOAD]);
            IpHeader.prepend(whole, ip(from), ip(to), UDP);
            inner = whole.toBytes();
            flow = FlowKey.of(Flow.of(whole).orElseThrow(), 0);
            buffer = PacketBuffer.of(inner);
            packet = new Packet(buffer);
        }

        Bundle lookUp() {
            if (output.lookup(flow, routing) instanceof Decision.Protect protect) {
                return protect.bundle();
            }
            throw new AssertionError("not protected");
        }

        void thereAndBack() {
            buffer.replace(inner, 0, inner.length);
            packet.renew();
            if (!(output.transform(packet, lookUp()) instanceof Verdict.Forward)
                    || !(input.receive(packet) instanceof Verdict.Forward)
                    || input.check(packet, Direction.IN).isPresent()) {
                throw new AssertionError("lost");
            }
            assertThatIs(inner.length, buffer.length());
        }
    }

    /** AES-128-GCM as the JDK has it. */
    private static final class Bare {
        private final SecretKey key = new SecretKeySpec(new byte[16], "AES");
        private final byte[] nonce = new byte[12];
        private final byte[] header = new byte[8];
        private final byte[] clear;
        private final byte[] sealed;
        private final Cipher cipher;

        Bare(int length) throws GeneralSecurityException {
            clear = new byte[length];
            sealed = new byte[length + 16];
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
            seal();
        }

        void seal() throws GeneralSecurityException {
            for (int at = 0; ++nonce[at] == 0; at++) {
                // carries on
            }
            begin(Cipher.ENCRYPT_MODE);
            cipher.doFinal(clear, 0, clear.length, sealed, 0);
        }

        void open() throws GeneralSecurityException {
            begin(Cipher.DECRYPT_MODE);
            cipher.doFinal(sealed, 0, sealed.length, clear, 0);
        }

        private void begin(int mode) throws GeneralSecurityException {
            cipher.init(mode, key, new GCMParameterSpec(128, nonce));
            cipher.updateAAD(header);
        }
    }
}
