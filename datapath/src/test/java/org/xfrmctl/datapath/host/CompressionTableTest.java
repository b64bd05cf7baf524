package org.xfrmctl.datapath.host;

import static org.xfrmctl.datapath.engine.Samples.comp;
import static org.xfrmctl.datapath.engine.Samples.ip;
import static org.xfrmctl.datapath.engine.Samples.tunnel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.xfrmctl.datapath.CapturedTable;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.host.Gateways.Plan;
import org.xfrmctl.datapath.kernel.KernelSocket;
import org.xfrmctl.datapath.kernel.UserspaceKernel;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.StateFlag;
import org.xfrmctl.model.StateFlags;
import org.xfrmctl.model.StateKey;
import org.xfrmctl.model.StateOptions;
import org.xfrmctl.model.XfrmCounter;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.xfrm.StateCodec;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/**
 * The table result-ipcomp.txt from its first line to its last. What was in the packets is not in the table but for its kind,
 * so how long they got is masked; what is the deflate of whom, what comes out and what is counted is not.
 */
class CompressionTableTest {
    private static final Plan P = Plan.V4;
    private static final int CPI = 0x1234;
    private static final int UDP = 17;

    private final CapturedTable table = CapturedTable.of("result-ipcomp.txt", CompressionTableTest::masked);
    private final Compressible contents = new Compressible();
    private final Forwarders forwarders = new Forwarders(1500);
    private final Host carol = forwarders.carol;
    private final Host moon = forwarders.moon;

    private static String masked(String line) {
        return line.replaceAll("id=(?!0000)[0-9a-f]{4}", "id=*")
                .replaceAll("len=\\d+( id=\\S+ df=0 mf=\\d off=\\d+ ttl=64 proto=108)", "len=*$1")
                .replaceAll("(paylen|z11|z15)([= ])\\d+", "$1$2*")
                .replaceAll("^  (far-match|far2|far3 .*?|distance) ", "  $1 ");
    }

    @Test
    void everyLine() {
        connect();
        outbound();
        inbound();
        plainTunnel();
        companions();
        companionsOnIpv6();
        table.assertSame();
    }

    private void connect() {
        for (Host host : List.of(carol, moon)) {
            host.namespace()
                    .states()
                    .insert(comp(P.carol(), P.moon(), CPI, Mode.TUNNEL).build());
        }
        forwarders.outbound(List.of(tunnel(P.carol(), P.moon(), IpProtocol.COMP, Level.REQUIRED)));
        forwarders.inbound(Direction.FWD, List.of(tunnel(P.carol(), P.moon(), IpProtocol.COMP, Level.USE)));
    }

    private void outbound() {
        table.say("== comp tunnel on wire (v4), policy out comp tunnel only");
        sent("89", 89, "a");
        sent("90", 90, "a");
        sent("len 90 rnd", 90, "rnd");
        sent("128 a", 128, "a");
        sent("400 rnd", 400, "rnd");
        sent("1000 text", 1000, "text");
        sent("1400 mixed", 1400, "mixed");
        sent("3000 mixed", 3000, "near");
        sent("8000 mixed", 8000, "far");
        sent("8000 text", 8000, "text");
        table.say(Wire.dump(carol));
        table.say(Wire.dump(moon));
    }

    /** Forwards an IPv4 packet with this content through carol's tunnel. */
    private void sent(String label, int length, String kind) {
        byte[] inner = Compressible.packet(UDP, contents.content(length - 20, kind));
        Map<XfrmCounter, Long> before = Gateways.statistics(carol);
        Map<XfrmCounter, Long> there = Gateways.statistics(moon);
        forwarders.send(inner);
        List<byte[]> onWan = forwarders.onWan;
        byte[] whole = onWan.get(0).clone();
        for (byte[] fragment : onWan.subList(1, onWan.size())) {
            int at = whole.length;
            whole = Arrays.copyOf(whole, at + fragment.length - 20);
            System.arraycopy(fragment, 20, whole, at, fragment.length - 20);
        }
        byte[] forwarded = forwarded(inner);
        byte[] behind = Arrays.copyOfRange(whole, 24, whole.length);
        byte[] eleven = Compressible.deflated(forwarded, 11);
        byte[] fifteen = Compressible.deflated(forwarded, 15);
        table.say(String.format(
                "%s inner %d outer %s comp hdr %08x paylen %d z11=%d z15=%d same11=%s same15=%s rx=%d %s %s",
                label,
                length,
                Wire.packets(onWan),
                PacketBuffer.of(whole).i32(20),
                behind.length,
                eleven.length,
                fifteen.length,
                python(Arrays.equals(behind, eleven)),
                python(Arrays.equals(behind, fifteen)),
                forwarders.onLan.size(),
                Wire.statistics(carol, before),
                Wire.statistics(moon, there)));
    }

    /** The packet as a router hands it on. */
    private static byte[] forwarded(byte[] packet) {
        PacketBuffer buffer = PacketBuffer.of(packet);
        IpHeader ip = IpHeader.read(buffer).orElseThrow();
        ip.hopLimit(ip.hopLimit() - 1);
        ip.finish(packet.length);
        return buffer.toBytes();
    }

    private static String python(boolean value) {
        return value ? "True" : "False";
    }

    /** What comes out of moon when this comes in by IPComp, and what it counts. */
    private String received(int cpi, int nextHeader, int flags, byte[] deflated) {
        byte[] packet = Arrays.copyOf(
                new byte[] {(byte) nextHeader, (byte) flags, (byte) (cpi >> 8), (byte) cpi}, 4 + deflated.length);
        System.arraycopy(deflated, 0, packet, 4, deflated.length);
        return "('rx', " + arrived(IpProtocol.COMP.number(), packet) + "";
    }

    /** The lengths of what leaves moon, and behind a bracket what it counts. */
    private String arrived(int protocol, byte[] payload) {
        Map<XfrmCounter, Long> before = Gateways.statistics(moon);
        PacketBuffer packet = PacketBuffer.of(payload);
        IpHeader.prepend(packet, ip(P.carol()), ip(P.moon()), protocol);
        forwarders.receive(packet.toBytes());
        return forwarders.onLan.stream().map(each -> each.length).toList() + ") " + Wire.statistics(moon, before);
    }

    private String good(byte[] deflated) {
        return received(CPI, 4, 0, deflated);
    }

    private void inbound() {
        table.say("== incoming crafted IPComp");
        byte[] match = Compressible.packet(UDP, contents.content(4208, "mixed"));
        table.say(sizes("far-match", match));
        byte[] far2 = contents.repeated(3728, 2850);
        table.say(sizes("far2", far2) + " raw15 " + good(Compressible.deflated(far2, 15)) + " raw11 "
                + good(Compressible.deflated(far2, 11)));
        byte[] far3 = contents.repeated(3728, 2850);
        table.say(sizes("far3 (random 350 B repeated at distance 2850)", far3) + " 15: "
                + good(Compressible.deflated(far3, 15)) + " 11: " + good(Compressible.deflated(far3, 11)));
        byte[] distant = contents.repeated(21228, 20350);
        table.say("distance 20350 plain 21228 z15 " + Compressible.deflated(distant, 15).length + " "
                + good(Compressible.deflated(distant, 15)));
        broken();
        for (int length : new int[] {65300, 65372, 65373, 65400, 65480}) {
            table.say("decompressed " + length + " "
                    + good(Compressible.deflated(Compressible.packet(UDP, new byte[length - 20]), 15)));
        }
        for (int length : new int[] {24, 30, 40, 60}) {
            table.say("transport-ish expands: plain " + length + " z "
                    + Compressible.deflated(contents.content(length, "a"), 15).length);
        }
        String shortest = arrived(IpProtocol.COMP.number(), new byte[3]);
        table.say("== 3-byte ipcomp / short " + shortest.substring(shortest.indexOf('{')));
        table.say(Wire.dump(moon));
    }

    private static String sizes(String label, byte[] packet) {
        return label + " plain " + packet.length + " z15 " + Compressible.deflated(packet, 15).length + " z11 "
                + Compressible.deflated(packet, 11).length;
    }

    private void broken() {
        byte[] plain = Compressible.packet(UDP, contents.content(308, "text"));
        byte[] deflated = Compressible.deflated(plain, 15);
        byte[] corrupt = deflated.clone();
        // A type of block that there is not (RFC 1951, section 3.2.3).
        corrupt[0] |= 7;
        table.say(String.join(
                " ",
                "good " + good(deflated),
                "flags=0xff " + received(CPI, 4, 0xff, deflated),
                "unknown cpi " + received(0x999, 4, 0, deflated),
                "trailing garbage " + good(Arrays.copyOf(deflated, deflated.length + 5)),
                "truncated " + good(Arrays.copyOf(deflated, deflated.length / 2)),
                "corrupt " + good(corrupt)));
        byte[] stored = new byte[plain.length + 5];
        stored[0] = 1;
        stored[1] = (byte) plain.length;
        stored[2] = (byte) (plain.length >> 8);
        stored[3] = (byte) ~plain.length;
        stored[4] = (byte) (~plain.length >> 8);
        System.arraycopy(plain, 0, stored, 5, plain.length);
        table.say(String.join(
                " ",
                "zlib-wrapped " + good(Compressible.java(plain, false, Deflater.NO_FLUSH)),
                "stored block (expands) " + good(stored),
                // What all of these packets add to the state's counters tells that this one was shorter.
                "nh=17 in tunnel SA "
                        + received(
                                CPI,
                                UDP,
                                0,
                                Compressible.deflated(Compressible.packet(UDP, contents.content(280, "text")), 15)),
                "nh=41 " + received(CPI, 41, 0, deflated),
                "no-final-block (sync flush) " + good(Compressible.java(plain, true, Deflater.SYNC_FLUSH))));
    }

    private void plainTunnel() {
        String known = arrived(4, Compressible.packet(UDP, contents.content(308, "text")));
        table.say("== plain IPIP packet with tunnel state present: " + known.replace(") ", " "));
        table.say("== plain IPIP from unknown src (no state)");
        moon.namespace().states().flush(IpProtocol.ANY);
        table.say(arrived(4, Compressible.packet(UDP, contents.content(308, "text")))
                .replace(") ", " "));
    }

    private void companions() {
        table.say("== IPIP tunnel refcounts");
        XfrmClient client = new XfrmClient(new UserspaceKernel(moon.namespace()).open());
        XfrmState first = comp(P.carol(), P.moon(), 0x100, Mode.TUNNEL).build();
        XfrmState second = comp(P.carol(), P.moon(), 0x101, Mode.TUNNEL)
                .reqid(new Reqid(2))
                .mark(new Mark(5, 0xff))
                .flags(StateFlags.NONE.with(StateFlag.NOECN))
                .build();
        XfrmState third = comp(P.carol(), P.moon(), 0x102, Mode.TUNNEL)
                .reqid(new Reqid(2))
                .build();
        Stream.of(first, second, third).forEach(client::addState);
        table.sayAll(Wire.list(client));
        delete(client, "0x100", first);
        delete(client, "0x102", third);
        delete(client, "0x101", second);
    }

    private void delete(XfrmClient client, String name, XfrmState state) {
        client.deleteState(StateKey.of(state.id(), state.mark()));
        table.say("del " + name + " OK");
        List<String> left = Wire.list(client);
        table.sayAll(left.isEmpty() ? List.of("[]") : left);
    }

    private void companionsOnIpv6() {
        table.say("v6:");
        UserspaceKernel kernel = new UserspaceKernel(moon.namespace());
        XfrmClient client = new XfrmClient(kernel.open());
        client.addState(comp("fec0::100", "fec0::1", 0x100, Mode.TUNNEL)
                .mark(new Mark(5, 0xff))
                .flags(StateFlags.NONE.with(StateFlag.NOECN))
                .options(StateOptions.NONE.withOutputMark(Optional.of(new Mark(8, -1))))
                .ifId(new IfId(3))
                .build());
        client.addState(comp("fec0::100", "fec0::1", 0x101, Mode.TUNNEL).build());
        client.addState(comp("fec0::100", "fec0::2", 0x101, Mode.TUNNEL).build());
        table.sayAll(Wire.list(client));
        KernelSocket listener = kernel.open();
        listener.join(3);
        // As the tables were made: a request that does not say from which port it is.
        kernel.open()
                .send(ByteBuffer.allocate(20)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(0, 17)
                        .putShort(4, (short) 28)
                        .putShort(6, (short) 1)
                        .put(16, (byte) IpProtocol.COMP.number()));
        NetlinkMessage flushed = NetlinkMessage.split(listener.receive()).get(0);
        table.say(String.format(
                "event FLUSHSA len %d pid %d %02x000000",
                flushed.header().len(), flushed.header().pid(), flushed.bytes().get(16)));
        table.say("after flush comp: " + Wire.list(client));
        client.addState(comp(P.carol(), P.moon(), 0x100, Mode.TUNNEL).build());
        XfrmState told =
                StateCodec.decode(NetlinkMessage.split(listener.receive()).get(0));
        table.say("add event NEWSA " + told.id().protocol().number() + " 0x"
                + Integer.toHexString(told.id().spi().bits()));
        client.flushStates(IpProtocol.IPIP);
        table.say("flush proto 4: OK " + Wire.python(Wire.list(client)));
    }
}
