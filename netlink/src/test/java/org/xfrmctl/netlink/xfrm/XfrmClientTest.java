package org.xfrmctl.netlink.xfrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.xfrmctl.netlink.uapi.Netlink.NLMSG_DONE;
import static org.xfrmctl.netlink.uapi.Netlink.NLM_F_DUMP_INTR;
import static org.xfrmctl.netlink.uapi.Netlink.NLM_F_MULTI;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.StateKey;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.FakeTransport;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.message.ErrorMessage;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.message.Request;
import org.xfrmctl.netlink.uapi.XfrmMsg;

class XfrmClientTest {
    private static final SaId ID = new SaId(IpAddress.parse("192.0.2.2"), new Spi(0x1001), IpProtocol.ESP);

    @Test
    void repliesOfEarlierRequestsAndMessagesOfOthersAreSkipped() {
        XfrmState state = state(1);
        XfrmClient client = client(request -> {
            MessageWriter out = new MessageWriter();
            MessageWriter old = new MessageWriter().begin(2, 0, request.sequence() - 1, FakeTransport.PORT);
            old.bodyU32(-Errno.EBUSY.number()).body(new byte[16]).end();
            out.begin(XfrmMsg.NEWSA, 0, 0, 0);
            StateCodec.encodeDump(state(9), out);
            out.end();
            return List.of(old, out, data(request, 0, state), ack(request));
        });
        assertThat(client.getState(StateKey.of(ID, Mark.NONE))).contains(state);
    }

    @Test
    void aDumpMaySpreadOverManyDatagrams() {
        XfrmClient client = client(request -> List.of(
                data(request, NLM_F_MULTI, state(3), state(2)),
                data(request, NLM_F_MULTI, state(1)),
                done(request, 0)));
        assertThat(client.listStates()).containsExactly(state(3), state(2), state(1));
    }

    @Test
    void doneMayComeInTheSameDatagramAndCarryAnError() {
        XfrmClient client =
                client(request -> List.of(data(request, NLM_F_MULTI, state(1)), done(request, Errno.EINVAL.number())));
        assertThatExceptionOfType(NetlinkException.class)
                .isThrownBy(client::listStates)
                .matches(e -> e.is(Errno.EINVAL));
    }

    @Test
    void anInterruptedDumpIsAskedAgain() {
        AtomicInteger dumps = new AtomicInteger();
        XfrmClient client = client(request -> {
            boolean first = dumps.getAndIncrement() == 0;
            return List.of(
                    data(request, NLM_F_MULTI | (first ? NLM_F_DUMP_INTR : 0), state(first ? 1 : 2)), done(request, 0));
        });
        assertThat(client.listStates()).containsExactly(state(2));
        assertThat(dumps).hasValue(2);
    }

    @Test
    void aDumpThatIsInterruptedForEverIsGivenUp() {
        XfrmClient client =
                client(request -> List.of(data(request, NLM_F_MULTI | NLM_F_DUMP_INTR, state(1)), done(request, 0)));
        assertThatThrownBy(client::listStates)
                .isInstanceOf(NetlinkException.class)
                .hasMessageContaining("changed");
        assertThat(client.streamStates(DumpFilter.NONE, state -> {})).isFalse();
    }

    @Test
    void aConsumerThatThrowsLeavesTheConversationInOrder() {
        XfrmClient client = client(request -> request.type() == XfrmMsg.GETSA && request.bodyLength() == 0
                ? List.of(data(request, NLM_F_MULTI, state(3)), data(request, NLM_F_MULTI, state(2)), done(request, 0))
                : List.of(ack(request)));
        assertThatThrownBy(() -> client.streamStates(DumpFilter.NONE, state -> {
                    throw new IllegalStateException("enough");
                }))
                .hasMessage("enough");
        client.deleteState(StateKey.of(ID, Mark.NONE));
        assertThat(client.listStates()).hasSize(2);
    }

    @Test
    void whatIsNotThereIsEmpty() {
        XfrmClient client = client(
                request -> List.of(error(request, request.type() == XfrmMsg.GETSA ? Errno.ESRCH : Errno.ENOENT, "")));
        assertThat(client.getState(StateKey.of(ID, Mark.NONE))).isEmpty();
        assertThat(client.getPolicy(XfrmPolicy.builder(Selector.any(Family.INET), Direction.IN)
                        .build()
                        .key()))
                .isEmpty();
    }

    @Test
    void aRefusalTellsWhatWasAskedAndWhatTheKernelSaid() {
        XfrmClient client =
                client(request -> List.of(error(request, Errno.EPROTONOSUPPORT, "Requested type not found")));
        assertThatExceptionOfType(NetlinkException.class)
                .isThrownBy(() -> client.addState(state(1)))
                .withMessageContaining("add state src 192.0.2.1 dst 192.0.2.2 proto esp spi 0x00000001")
                .withMessageContaining("Requested type not found")
                .satisfies(e -> assertThat(e.hint().orElseThrow()).contains("modprobe esp4"))
                .satisfies(e -> assertThat(e.refusal().sequence()).hasValue(1));
    }

    @Test
    void manyRequestsGoTogetherAndEachHasItsOutcome() {
        List<Request> requests = new ArrayList<>();
        for (int spi = 0; spi < 150; spi++) {
            requests.add(XfrmRequests.addState(state(spi)));
        }
        FakeTransport transport = new FakeTransport(
                request -> List.of(request.sequence() % 50 == 0 ? error(request, Errno.EEXIST, "") : ack(request)));
        List<Optional<NetlinkException>> outcomes = new XfrmClient(transport).executeAll(requests);
        assertThat(transport.datagrams()).containsExactly(64, 64, 22);
        for (int i = 0; i < 150; i++) {
            assertThat(outcomes.get(i).isPresent()).isEqualTo((i + 1) % 50 == 0);
        }
        assertThat(outcomes.get(49).orElseThrow()).hasMessageContaining("spi 0x00000031");
    }

    @Test
    void requestsCarryTheSocketsPort() {
        XfrmClient client = client(request -> {
            assertThat(request.header().pid()).isEqualTo(FakeTransport.PORT);
            assertThat(request.flags()).isEqualTo(5);
            return List.of(ack(request));
        });
        client.flushStates(IpProtocol.ANY);
    }

    @Test
    void anAnswerWithDataNeedsNoAck() {
        XfrmClient client = client(request -> {
            assertThat(request.flags()).isEqualTo(1);
            return List.of(data(request, 0, state(1)));
        });
        assertThat(client.getState(StateKey.of(ID, Mark.NONE))).contains(state(1));
    }

    @Test
    void doneEndsWhatNeedsNoDump() {
        XfrmClient client = client(request -> List.of(done(request, 0)));
        client.flushStates(IpProtocol.ANY);
        XfrmClient refusing = client(request -> List.of(done(request, Errno.EINVAL.number())));
        assertThatExceptionOfType(NetlinkException.class)
                .isThrownBy(() -> refusing.flushStates(IpProtocol.ANY))
                .matches(refusal -> refusal.is(Errno.EINVAL));
    }

    @Test
    void aRehearsalTellsOfTheStateOrOfNothing() {
        assertThat(client(request -> List.of(error(request, Errno.ESRCH, ""))).rehearseState(state(1)))
                .isEmpty();
        assertThat(client(request -> List.of(ack(request))).rehearseState(state(1)))
                .isEmpty();
        assertThat(client(request -> List.of(error(request, Errno.EINVAL, "Unsupported mode")))
                        .rehearseState(state(1)))
                .hasValueSatisfying(
                        refusal -> assertThat(refusal.is(Errno.EINVAL)).isTrue());
        assertThatExceptionOfType(NetlinkException.class)
                .isThrownBy(() -> client(request -> List.of(error(request, Errno.EPERM, "")))
                        .rehearseState(state(1)));
        XfrmClient failing = client(request -> {
            throw new NetlinkException(Errno.ENOBUFS.number(), "sendmsg");
        });
        assertThatExceptionOfType(NetlinkException.class)
                .isThrownBy(() -> failing.rehearseState(state(1)))
                .matches(failure -> failure.is(Errno.ENOBUFS));
        XfrmState tunnelled = XfrmState.builder(
                        new SaId(ID.destination(), new Spi(1), IpProtocol.IPIP), IpAddress.parse("192.0.2.1"))
                .build();
        assertThatThrownBy(() -> failing.rehearseState(tunnelled)).isInstanceOf(IllegalArgumentException.class);
    }

    private static XfrmClient client(Function<NetlinkMessage, List<MessageWriter>> kernel) {
        return new XfrmClient(new FakeTransport(kernel));
    }

    private static XfrmState state(int spi) {
        return XfrmState.builder(new SaId(ID.destination(), new Spi(spi), IpProtocol.ESP), IpAddress.parse("192.0.2.1"))
                .build();
    }

    private static MessageWriter data(NetlinkMessage request, int flags, XfrmState... states) {
        MessageWriter out = new MessageWriter();
        for (XfrmState state : states) {
            out.begin(XfrmMsg.NEWSA, flags, request.sequence(), FakeTransport.PORT);
            StateCodec.encodeDump(state, out);
            out.end();
        }
        return out;
    }

    private static MessageWriter done(NetlinkMessage request, int errno) {
        return new MessageWriter()
                .begin(NLMSG_DONE, NLM_F_MULTI, request.sequence(), FakeTransport.PORT)
                .bodyU32(-errno)
                .end();
    }

    private static MessageWriter ack(NetlinkMessage request) {
        MessageWriter out = new MessageWriter();
        ErrorMessage.SUCCESS.write(request, FakeTransport.PORT, true, out);
        return out;
    }

    private static MessageWriter error(NetlinkMessage request, Errno errno, String text) {
        MessageWriter out = new MessageWriter();
        ErrorMessage.of(errno, Optional.of(text).filter(words -> !words.isEmpty()))
                .write(request, FakeTransport.PORT, true, out);
        return out;
    }
}
