package org.xfrmctl.netlink.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.FakeTransport;
import org.xfrmctl.netlink.GivenDatagrams;
import org.xfrmctl.netlink.MalformedMessageException;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.NetlinkTransport.TransportClosedException;
import org.xfrmctl.netlink.message.ErrorMessage;
import org.xfrmctl.netlink.message.FieldNames;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.message.Request;
import org.xfrmctl.netlink.message.TracingTransport;
import org.xfrmctl.netlink.uapi.MessageTable;
import org.xfrmctl.netlink.uapi.Rtm;
import org.xfrmctl.netlink.uapi.XfrmMsg;
import org.xfrmctl.netlink.xfrm.XfrmClient;
import org.xfrmctl.netlink.xfrm.XfrmRequests;

/** Whatever a kernel answers, and whatever it refuses: a value, or one of our exceptions; and the trace tells it all. */
class ConversationFuzzTest {
    private static final XfrmState STATE = XfrmState.builder(
                    new SaId(IpAddress.parse("192.0.2.2"), new Spi(0x1001), IpProtocol.ESP),
                    IpAddress.parse("192.0.2.1"))
            .build();

    private static final List<Consumer<XfrmClient>> QUESTIONS = List.of(
            client -> client.addState(STATE),
            client -> client.getState(STATE.key()),
            XfrmClient::listStates,
            XfrmClient::listPolicies,
            XfrmClient::countStates,
            XfrmClient::countPolicies,
            XfrmClient::getDefaults,
            client -> client.executeAll(List.of(XfrmRequests.addState(STATE), XfrmRequests.countStates())));

    @FuzzTest(maxDuration = "1m")
    void answers(byte[] bytes) {
        for (Consumer<XfrmClient> question : QUESTIONS) {
            try (XfrmClient client = new XfrmClient(new GivenDatagrams(Datagram.of(bytes.clone())))) {
                question.accept(client);
            } catch (NetlinkException refused) {
                assertThat(refused.getMessage()).isNotBlank();
                assertThat(refused.advice()).doesNotContain("");
            } catch (MalformedMessageException | TransportClosedException expected) {
                assertThat(expected.getMessage()).isNotBlank();
            }
        }
    }

    /** The first byte is the request's type, the second the errno, then the offset of the fault; the rest is the body. */
    @FuzzTest(maxDuration = "1m")
    void refusals(byte[] bytes) {
        if (bytes.length < 4) {
            return;
        }
        ByteBuffer head = Datagram.of(bytes);
        int type = XfrmMsg.NEWSA + Byte.toUnsignedInt(head.get(0)) % 32;
        int errno = Byte.toUnsignedInt(head.get(1)) % 133 + 1;
        ErrorMessage refusal = new ErrorMessage(
                errno,
                Optional.of("Requested type not found"),
                ErrorMessage.Fault.at(head.getShort(2), Optional.empty()));
        byte[] body = Arrays.copyOfRange(bytes, 4, bytes.length);
        FakeTransport kernel = new FakeTransport(asked -> {
            MessageWriter out = new MessageWriter();
            refusal.write(asked, FakeTransport.PORT, true, out);
            return List.of(out);
        });
        try (XfrmClient client = new XfrmClient(kernel)) {
            Request request = new Request(type, 0, "fuzz", out -> out.body(body));
            NetlinkException told = client.executeAll(List.of(request)).get(0).orElseThrow();
            assertThat(told.number()).isEqualTo(errno);
            assertThat(told.getMessage()).startsWith("fuzz: ");
            assertThat(told.advice()).doesNotContain("");
        }
    }

    @FuzzTest(maxDuration = "1m")
    void trace(byte[] bytes) {
        for (MessageTable table : List.of(XfrmMsg.TABLE, Rtm.TABLE)) {
            List<String> lines = new ArrayList<>();
            try (TracingTransport transport =
                    new TracingTransport(new GivenDatagrams(Datagram.of(bytes.clone())), table, lines::add)) {
                transport.receive();
                transport.send(Datagram.of(bytes));
            }
            assertThat(lines).noneMatch(String::isBlank);
            assertThat(lines).noneMatch(line -> line.chars().anyMatch(Character::isISOControl));
            Datagram.each(bytes, message -> nameEachField(message, table));
        }
    }

    private static void nameEachField(NetlinkMessage message, MessageTable table) {
        for (int offset = -1; offset <= message.bytes().limit(); offset++) {
            assertThat(FieldNames.at(message, table, offset)).isNotEqualTo(Optional.of(""));
        }
    }
}
