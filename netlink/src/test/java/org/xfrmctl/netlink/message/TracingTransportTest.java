package org.xfrmctl.netlink.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.RawAttribute;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.StateOptions;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.FakeTransport;
import org.xfrmctl.netlink.Fixtures;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.uapi.Netlink;
import org.xfrmctl.netlink.uapi.XfrmMsg;
import org.xfrmctl.netlink.uapi.Xfrma;
import org.xfrmctl.netlink.xfrm.XfrmClient;

class TracingTransportTest {
    private static final XfrmState STATE = XfrmState.builder(
                    new SaId(IpAddress.parse("192.0.2.1"), new Spi(0x1001), IpProtocol.ESP),
                    IpAddress.parse("192.0.2.2"))
            .mode(Mode.TUNNEL)
            .algorithms(List.of(new Algorithm.Aead("rfc4106(gcm(aes))", key(20), 128)))
            .mark(new Mark(1, 0xff))
            .options(StateOptions.NONE.withOther(List.of(new RawAttribute(1000, Bytes.of((byte) 0x77, (byte) 0x77)))))
            .build();

    private final List<String> lines = new ArrayList<>();

    /** Nobody knows where its attributes begin, and what of it is secret. */
    @Test
    void aMessageOfANewerKernelIsNotInterpreted() {
        FakeTransport kernel = new FakeTransport(request -> List.of());
        TracingTransport transport = new TracingTransport(kernel, XfrmMsg.TABLE, lines::add);
        MessageWriter out = new MessageWriter().begin(0x29, 0, 7, 0).attributeU32(Xfrma.SA_PCPU, 0x77777777);
        transport.send(out.end().datagram());
        assertThat(lines).containsExactly("> 41, 24 bytes, seq 7 port 0");
    }

    @Test
    void aConversationIsToldWithoutItsKeys() {
        FakeTransport kernel = new FakeTransport(request -> {
            MessageWriter ack = new MessageWriter();
            ErrorMessage.of(Errno.EEXIST, Optional.of("why")).write(request, FakeTransport.PORT, true, ack);
            return List.of(ack);
        });
        XfrmClient client = new XfrmClient(new TracingTransport(kernel, XfrmMsg.TABLE, lines::add));
        assertThatThrownBy(() -> client.addState(STATE)).isInstanceOf(NetlinkException.class);
        assertThat(lines.subList(0, 8))
                .containsExactly(
                        "> NEWSA, 356 bytes, seq 1 port 4711 flags request ack",
                        "    sel.family=2 id.daddr=0xc0000201000000000000000000000000 id.spi=0x00001001 id.proto=50"
                                + " saddr=0xc0000202000000000000000000000000 lft.soft_byte_limit=18446744073709551615"
                                + " lft.hard_byte_limit=18446744073709551615"
                                + " lft.soft_packet_limit=18446744073709551615"
                                + " lft.hard_packet_limit=18446744073709551615 family=2 mode=1",
                        "    alg_aead[92] alg_name=rfc4106(gcm(aes)) alg_key_len=160 alg_icv_len=128, key hidden",
                        "    mark[8] v=1 m=255",
                        "    attribute 1000[2]",
                        "< ERROR, 384 bytes, seq 1 port 4711 flags ack-tlvs",
                        "    EEXIST \"why\"",
                        "> GETSA, 52 bytes, seq 2 port 4711 flags request");
    }

    /** Such a request has attributes right behind its header. */
    @Test
    void aFilteredDumpIsTold() {
        MessageWriter request = new MessageWriter()
                .begin(XfrmMsg.GETSA, Netlink.NLM_F_REQUEST | Netlink.NLM_F_DUMP, 1, 0)
                .attributeU8(Xfrma.PROTO, 50)
                .end();
        NetlinkMessage message = NetlinkMessage.split(request.datagram()).get(0);
        assertThat(new MessageDescription(XfrmMsg.TABLE).lines(message))
                .containsExactly("GETSA, 24 bytes, seq 1 port 0 flags request root match", "  proto[1] 50");
    }

    static List<String> captured() {
        List<String> names = new ArrayList<>(Fixtures.names("event-", ".hex"));
        names.addAll(Fixtures.names("state-", ".hex"));
        names.addAll(Fixtures.names("policy-", ".hex"));
        return names;
    }

    /** Spoilt as it may be, a message is described. */
    @ParameterizedTest
    @MethodSource("captured")
    void spoiltMessagesAreDescribedToo(String name) {
        NetlinkMessage whole = Fixtures.message(name);
        MessageDescription description = new MessageDescription(XfrmMsg.TABLE);
        Random random = new Random(name.hashCode());
        for (int round = 0; round < 300; round++) {
            ByteBuffer copy = ByteBuffer.allocate(whole.bytes().limit()).order(ByteOrder.LITTLE_ENDIAN);
            copy.put(0, whole.bytes(), 0, copy.limit());
            for (int i = 0; i < round % 4; i++) {
                copy.put(4 + random.nextInt(copy.limit() - 4), (byte) random.nextInt(40));
            }
            NetlinkMessage message = NetlinkMessage.split(copy).get(0);
            assertThat(description.lines(message))
                    .as("seed %s round %s", name.hashCode(), round)
                    .isNotEmpty();
        }
    }

    private static Key key(int length) {
        byte[] material = new byte[length];
        Arrays.fill(material, (byte) 0xa7);
        return Key.of(material);
    }
}
