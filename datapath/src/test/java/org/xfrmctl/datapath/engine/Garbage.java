package org.xfrmctl.datapath.engine;

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
 * Prints what is left behind for the garbage collector, in bytes for one packet. Meant for a JVM that does not leave
 * objects out by escape analysis, which depends on what else was compiled: then every run prints the same.
 */
final class Garbage {
    private static final int PAYLOAD = 64;
    private static final int UDP = 17;
    private static final int PACKETS = 2000;

    private interface Work {
        void run() throws GeneralSecurityException;
    }

    private Garbage() {}

    public static void main(String[] arguments) throws GeneralSecurityException {
        Bare bare = new Bare(PAYLOAD + 4);
        print("bare seal", bare::seal);
        print("bare open", bare::open);
        EspTransform esp = EspTransform.of(Samples.gcm(128), new Spi(1), false, new Random(1));
        PacketBuffer packet = PacketBuffer.of(new byte[PAYLOAD]);
        long[] sequence = {0};
        print("seal", () -> {
            esp.seal(packet, UDP, ++sequence[0], 0);
            packet.dropFront(esp.headerLength());
            packet.dropBack(packet.length() - PAYLOAD);
        });
        esp.seal(packet, UDP, ++sequence[0], 0);
        byte[] sealed = packet.toBytes();
        print("open", () -> {
            packet.replace(sealed, 0, sealed.length);
            require(esp.open(packet, sequence[0]) == UDP);
            packet.addFront(esp.headerLength());
        });
        for (boolean v6 : new boolean[] {false, true}) {
            for (boolean tunnelled : new boolean[] {false, true}) {
                Way way = new Way(v6, tunnelled);
                String name = (v6 ? " v6" : " v4") + (tunnelled ? " tunnel" : " transport");
                print("lookup" + name, way::lookUp);
                print("way" + name, way::thereAndBack);
            }
        }
    }

    private static void print(String name, Work work) throws GeneralSecurityException {
        // The first packets of a flow make what the others find.
        run(work);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(self);
        run(work);
        System.out.println(name + "\t" + (threads.getThreadAllocatedBytes(self) - before) / PACKETS);
    }

    private static void run(Work work) throws GeneralSecurityException {
        for (int i = 0; i < PACKETS; i++) {
            work.run();
        }
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new AssertionError("the packet is lost");
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
            require(output.transform(packet, lookUp()) instanceof Verdict.Forward);
            require(input.receive(packet) instanceof Verdict.Forward);
            require(input.check(packet, Direction.IN).isEmpty());
            require(buffer.length() == inner.length);
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
