package org.xfrmctl.datapath.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.Ipv4Header;
import org.xfrmctl.datapath.wire.Ipv6Header;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;

/**
 * A packet in the stack: its bytes, from the IP header on, and what the kernel's {@code sk_buff} remembers of its way.
 * Not safe for several threads.
 */
public final class Packet {
    /** The most associations a packet may pass ({@code XFRM_MAX_DEPTH}). */
    static final int MAX_DEPTH = 6;

    private final PacketBuffer buffer;
    private final Verdict.Forward forward = new Verdict.Forward(this);
    /** Views of the packet's front, made when the first header of their family stands there. */
    private @Nullable Ipv4Header v4;

    private @Nullable Ipv6Header v6;
    private final List<SecurityAssociation> path = new ArrayList<>(2);
    private int verified;
    private int mark;
    private int device;
    private IfId ifId = IfId.NONE;
    private boolean identified;
    private boolean trusted;

    public Packet(PacketBuffer buffer) {
        this.buffer = buffer;
    }

    public PacketBuffer buffer() {
        return buffer;
    }

    /** Takes the buffer for another packet, of which nothing is known yet. */
    public void renew() {
        path.clear();
        verified = 0;
        mark = 0;
        device = 0;
        ifId = IfId.NONE;
        identified = false;
        trusted = false;
    }

    /** The IP header at the front, as {@link IpHeader#read} would view it; null unless it is sound. */
    @Nullable
    IpHeader header() {
        if (Ipv4Header.isSound(buffer, 0)) {
            return v4();
        }
        return Ipv6Header.isSound(buffer, 0) ? v6() : null;
    }

    /** Puts a header before what is there; see {@link IpHeader#prepend}. */
    IpHeader prepend(IpAddress source, IpAddress destination, int protocol) {
        if (source.family() == Family.INET) {
            buffer.addFront(Ipv4Header.LENGTH);
            v4().write(source, destination, protocol);
            return v4();
        }
        buffer.addFront(Ipv6Header.LENGTH);
        v6().write(source, destination, protocol);
        return v6();
    }

    private Ipv4Header v4() {
        Ipv4Header view = v4 == null ? Ipv4Header.at(buffer) : v4;
        v4 = view;
        return view;
    }

    private Ipv6Header v6() {
        Ipv6Header view = v6 == null ? Ipv6Header.at(buffer) : v6;
        v6 = view;
        return view;
    }

    /** The verdict that this packet goes on. */
    Verdict.Forward forward() {
        return forward;
    }

    public int mark() {
        return mark;
    }

    public void mark(int value) {
        mark = value;
    }

    /** The index of the interface that the packet came in on; 0 for one that started here. */
    public int device() {
        return device;
    }

    public void device(int index) {
        device = index;
    }

    /** The XFRM interface that the packet came in on: policies with the same one are asked. */
    public IfId ifId() {
        return ifId;
    }

    /** What came through a state is now taken as if it had come in on an XFRM interface ({@code xfrmi_rcv_cb}). */
    public void enter(int deviceIndex, IfId id) {
        device = deviceIndex;
        ifId = id;
    }

    /**
     * Whether the packet's IPv4 headers get an ID even if they carry the don't-fragment bit: so it is for local senders
     * that would let it be fragmented later ({@code ignore_df}), but not for packets in transit.
     */
    boolean isIdentified() {
        return identified;
    }

    /** See {@link #isIdentified}; a local sender calls it before the transforms. */
    public void identified(boolean value) {
        identified = value;
    }

    /**
     * Whether nobody looks at the checksum of UDP, TCP and ICMP: it came by ESP in UDP in transport mode, so a NAT may have
     * changed the addresses that it is about (RFC 3948, section 3.1.2; {@code esp_input_done2()}).
     */
    public boolean isTrusted() {
        return trusted;
    }

    void trusted(boolean value) {
        trusted = value;
    }

    /** The packet that this fragment, the last one to arrive, completes; the others came through the same states. */
    public Packet reassembled(PacketBuffer whole) {
        Packet packet = new Packet(whole);
        packet.path.addAll(path);
        packet.verified = verified;
        packet.mark = mark;
        packet.device = device;
        packet.ifId = ifId;
        return packet;
    }

    /** The associations that the packet came through, the outermost first ({@code sec_path}). */
    public List<SecurityAssociation> path() {
        return Collections.unmodifiableList(path);
    }

    /** How many associations it came through. */
    int depth() {
        return path.size();
    }

    /** One of them, the outermost being 0. */
    SecurityAssociation passed(int index) {
        return path.get(index);
    }

    void passed(SecurityAssociation association) {
        path.add(association);
    }

    /** How many associations of the path an earlier policy check has accounted for. */
    int verified() {
        return verified;
    }

    void verified(int count) {
        verified = count;
    }
}
