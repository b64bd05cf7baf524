package org.xfrmctl.datapath.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.xfrmctl.datapath.engine.Samples;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Encap;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.ReplayState;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.NetlinkTransport;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.xfrm.Migration;
import org.xfrmctl.netlink.xfrm.SpiRequest;
import org.xfrmctl.netlink.xfrm.XfrmClient;
import org.xfrmctl.netlink.xfrm.XfrmEvent;

/** MIGRATE by the rules of {@code xfrm_migrate()}: what is refused in which order, what moves and what stays. */
class MigrationTest {
    private static final IpAddress HERE = IpAddress.parse("192.0.2.1");
    private static final IpAddress THERE = IpAddress.parse("192.0.2.2");
    private static final IpAddress ELSEWHERE = IpAddress.parse("192.0.2.3");
    private static final IpAddress ABROAD = IpAddress.parse("2001:db8::1");
    private static final IpAddress FARAWAY = IpAddress.parse("2001:db8::2");
    private static final int MIGRATE = 33;

    private final KernelUnderTest kernel = new KernelUnderTest();
    private final XfrmClient client = new XfrmClient(kernel.open());

    static Stream<Arguments> refused() {
        return Stream.of(
                row("no moves", request(), "EINVAL", ""),
                row("6 moves, of which one is a duplicate", request(moves(5, 1)), "EINVAL", ""),
                row("7 moves", request(moves(7, 0)), "EINVAL", ""),
                row("less than a move", request(new byte[75]), "ERANGE", "Attribute failed policy validation"),
                row("no new destination", request(zeroed(moves(1, 0), 32)), "EINVAL", ""),
                row("no new source", request(zeroed(moves(1, 0), 48)), "EINVAL", ""),
                row("direction 3", request(moves(1, 0)).u8(60, 3), "EINVAL", ""),
                row(
                        "type 7, before all else",
                        request(new byte[76]).u8(60, 3).attribute(16, new byte[] {7, 0, 0, 0, 0, 0}),
                        "EINVAL",
                        "Invalid policy type"),
                row("another policy", request(moves(1, 0)).u8(43, 24), "ENOENT", ""),
                row("a sub policy", request(moves(1, 0)).attribute(16, new byte[] {1, 0, 0, 0, 0, 0}), "ENOENT", ""),
                row("the if_id of no policy", request(moves(1, 0)).words(31, 9), "ENOENT", ""),
                row("a selector without family", request(moves(1, 0)).u16(40, 0), "ENOENT", ""),
                row("a move of nothing", request(moves(1, 0)), "ENODATA", ""),
                row("too short", new Crafted(MIGRATE, 63), "EINVAL", "Invalid header length"));
    }

    @ParameterizedTest(name = "{0}: {2} {3}")
    @MethodSource("refused")
    void refusesAsTheKernel(String what, Crafted request, String errno, String text) {
        kernel.ask(Crafted.policy(Crafted.NEWPOLICY).bytes());
        List<byte[]> answers = kernel.ask(request.bytes());
        assertThat(Answer.of(answers.get(answers.size() - 1))).isEqualTo(new Answer(errno, text));
    }

    @Test
    void aStateGoesOnWithAllButItsErrorCounts() {
        client.addPolicy(policy());
        XfrmState old = esp(0x1001).toBuilder()
                .mark(new Mark(5, 0xff))
                .ifId(new IfId(4))
                .seq(77)
                .replay(new ReplayState.Basic(32, 100, 200, 7))
                .current(new LifetimeCurrent(84, 1, KernelFixtures.CAPTURED_AT - 5, KernelFixtures.CAPTURED_AT - 4))
                .build();
        client.restoreState(old);
        client.migrate(toElsewhere());
        XfrmState moved = client.listStates().get(0);
        XfrmState expected = XfrmState.builder(new SaId(ELSEWHERE, new Spi(0x1001), IpProtocol.ESP), HERE)
                .mode(old.mode())
                .reqid(old.reqid())
                .algorithms(old.algorithms())
                .mark(old.mark())
                .ifId(old.ifId())
                .seq(77)
                .replay(old.replay())
                .current(old.current())
                .build();
        assertThat(client.listStates()).hasSize(1);
        assertThat(moved).isEqualTo(expected);
        assertThat(client.listPolicies().get(0).templates().get(0).destination())
                .isEqualTo(ELSEWHERE);
    }

    @Test
    void allIsToldOnceAndNothingOfTheStates() {
        NetlinkTransport listener = kernel.open();
        client.addPolicy(policy());
        client.addState(esp(0x1001));
        List.of(2, 3, 4, 7).forEach(listener::join);
        client.migrate(toElsewhere());
        ByteBuffer event = listener.receiveNow().orElseThrow();
        assertThat(XfrmEvent.decode(NetlinkMessage.split(event).get(0)))
                .isEqualTo(new XfrmEvent.Migrated(toElsewhere()));
        assertThat(listener.receiveNow()).isEmpty();
    }

    @Test
    void theNewestOfTheNamedReqidMovesAndNoOther() {
        client.addPolicy(policy());
        client.addState(esp(0x1001));
        client.addState(esp(0x1002));
        client.addState(esp(0x1003).toBuilder().reqid(new Reqid(8)).build());
        client.migrate(toElsewhere());
        assertThat(spisAt(ELSEWHERE)).containsExactly(0x1002);
        assertThat(spisAt(THERE)).containsExactly(0x1003, 0x1001);
    }

    @Test
    void reqidZeroIsAny() {
        client.addPolicy(policy());
        client.addState(esp(0x1001));
        client.migrate(migration(move(HERE, ELSEWHERE, Mode.TUNNEL, 0), Optional.empty()));
        assertThat(spisAt(ELSEWHERE)).containsExactly(0x1001);
    }

    @Test
    void aStateInTheWayLeavesEverythingAsItWas() {
        client.addPolicy(policy());
        client.addState(esp(0x1001));
        client.addState(XfrmState.builder(new SaId(ELSEWHERE, new Spi(0x1001), IpProtocol.ESP), HERE)
                .mode(Mode.TUNNEL)
                .algorithms(esp(1).algorithms())
                .build());
        List<XfrmState> before = client.listStates();
        refused(Errno.ENODATA, toElsewhere());
        assertThat(client.listStates()).isEqualTo(before);
        assertThat(client.listPolicies().get(0).templates().get(0).destination())
                .isEqualTo(THERE);
    }

    /** The copy stands beside the old state for a moment, which nothing minds. */
    @Test
    void theSourceMayChangeAlone() {
        client.addPolicy(policy());
        client.addState(esp(0x1001));
        client.migrate(migration(move(ELSEWHERE, THERE, Mode.TUNNEL, 7), Optional.empty()));
        assertThat(client.listStates()).hasSize(1);
        assertThat(client.listStates().get(0).source()).isEqualTo(ELSEWHERE);
        assertThat(client.getState(esp(0x1001).key())).isPresent();
    }

    @Test
    void aTunnelMayChangeItsFamilyAndPorts() {
        client.addPolicy(policy());
        client.addState(esp(0x1001));
        Encap ports = new Encap(Encap.ESPINUDP, 4500, 4501, IpAddress.ANY_V4);
        client.migrate(migration(move(ABROAD, FARAWAY, Mode.TUNNEL, 7), Optional.of(ports)));
        XfrmState moved = client.listStates().get(0);
        assertThat(moved.source()).isEqualTo(ABROAD);
        assertThat(moved.options().encap().map(Encap::destinationPort)).contains(4501);
        assertThat(client.listPolicies().get(0).templates().get(0).family()).isEqualTo(ABROAD.family());
    }

    @Test
    void transportCannotChangeItsFamily() {
        client.addPolicy(policy());
        client.addState(esp(0x1001).toBuilder().mode(Mode.TRANSPORT).build());
        refused(Errno.ENODATA, migration(move(ABROAD, FARAWAY, Mode.TRANSPORT, 7), Optional.empty()));
        assertThat(spisAt(THERE)).containsExactly(0x1001);
    }

    @Test
    void aLarvalStateCannotMove() {
        client.addPolicy(policy());
        client.allocSpi(new SpiRequest(esp(0), 0x2000, 0x2000));
        refused(Errno.ENODATA, toElsewhere());
    }

    /** {@code xfrm_init_state()} runs before the new addresses are written. */
    @Test
    void theCompanionOfACompressionStateStaysBehind() {
        client.addPolicy(Samples.policy(Direction.OUT, "10.0.0.0/16", "10.1.0.0/16")
                .templates(List.of(template(IpProtocol.COMP)))
                .build());
        client.addState(Samples.comp(HERE.toString(), THERE.toString(), 0x1234, Mode.TUNNEL)
                .reqid(new Reqid(7))
                .build());
        Migration.Move move = new Migration.Move(
                new Migration.Ends(HERE, THERE),
                new Migration.Ends(HERE, ELSEWHERE),
                IpProtocol.COMP,
                Mode.TUNNEL,
                new Reqid(7));
        client.migrate(migration(move, Optional.empty()));
        assertThat(client.listStates())
                .extracting(state -> state.id().protocol() + " " + state.id().destination())
                .containsExactly("comp 192.0.2.3", "4 192.0.2.2");
        client.flushStates(IpProtocol.ANY);
        assertThat(client.listStates()).isEmpty();
    }

    private void refused(Errno errno, Migration migration) {
        assertThat(catchThrowableOfType(NetlinkException.class, () -> client.migrate(migration)))
                .matches(refusal -> refusal.is(errno), errno.name());
    }

    private List<Integer> spisAt(IpAddress destination) {
        return client.listStates().stream()
                .filter(state -> state.id().destination().equals(destination))
                .map(state -> state.id().spi().bits())
                .toList();
    }

    private static XfrmState esp(int spi) {
        return XfrmState.builder(new SaId(THERE, new Spi(spi), IpProtocol.ESP), HERE)
                .mode(Mode.TUNNEL)
                .reqid(new Reqid(7))
                .algorithms(List.of(new Algorithm.Aead("rfc4106(gcm(aes))", Key.of(new byte[20]), 128)))
                .build();
    }

    private static Template template(IpProtocol protocol) {
        return Template.tunnel(HERE, THERE, protocol, new Reqid(7), Level.REQUIRED);
    }

    private static XfrmPolicy policy() {
        return Samples.policy(Direction.OUT, "10.0.0.0/16", "10.1.0.0/16")
                .templates(List.of(
                        template(IpProtocol.ESP),
                        Template.transport(HERE.family(), IpProtocol.ESP, new Reqid(7), Level.REQUIRED)))
                .build();
    }

    private static Migration toElsewhere() {
        return migration(move(HERE, ELSEWHERE, Mode.TUNNEL, 7), Optional.empty());
    }

    private static Migration migration(Migration.Move move, Optional<Encap> encap) {
        return new Migration(policy().key(), List.of(move), Optional.empty(), encap, List.of());
    }

    private static Migration.Move move(IpAddress source, IpAddress destination, Mode mode, int reqid) {
        return new Migration.Move(
                new Migration.Ends(HERE, THERE),
                new Migration.Ends(source, destination),
                IpProtocol.ESP,
                mode,
                new Reqid(reqid));
    }

    /** Names the policy that {@link Crafted#policy} makes. */
    private static Crafted request(byte[]... moves) {
        Crafted request = Crafted.policyId(MIGRATE);
        return moves.length == 0 ? request : request.attribute(17, moves[0]);
    }

    /** As many different moves as asked for, and the first one again. */
    private static byte[] moves(int count, int again) {
        byte[] bytes = new byte[76 * (count + again)];
        ByteBuffer all = KernelFixtures.buffer(bytes);
        for (int i = 0; i < count + again; i++) {
            int at = 76 * i;
            all.put(at, (byte) 10)
                    .put(at + 3, (byte) (i % count))
                    .put(at + 32, (byte) 10)
                    .put(at + 48, (byte) 10);
            all.put(at + 64, (byte) 50)
                    .put(at + 65, (byte) 1)
                    .putShort(at + 72, (short) 2)
                    .putShort(at + 74, (short) 2);
        }
        return bytes;
    }

    private static byte[] zeroed(byte[] moves, int at) {
        moves[at] = 0;
        return moves;
    }

    private static Arguments row(String what, Crafted request, String errno, String text) {
        return Arguments.of(what, request, errno, text);
    }
}
