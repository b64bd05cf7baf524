package org.xfrmctl.manager.mtu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.manager.testing.ChildBuilder.child;
import static org.xfrmctl.manager.testing.ChildBuilder.ts;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.manager.apply.Lifecycle;
import org.xfrmctl.manager.compile.DesiredChild;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.journal.Journal;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.manager.testing.ChildBuilder;
import org.xfrmctl.manager.testing.FakeTables;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.PortMatch;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;

class KernelWordTest {
    private final WrittenWays ways = new WrittenWays().own("127.0.0.1", "192.0.2.1", "10.1.0.7");
    private final List<SocketQuestion> asked = new ArrayList<>();

    private KernelWord ask(ChildBuilder builder, Goal goal, Function<SocketQuestion, OptionalInt> kernel) {
        DesiredState desired = ChildBuilder.compile(builder);
        FakeTables tables = new FakeTables();
        new Lifecycle(desired, tables, Journal.inMemory(), Clock.systemUTC()).run(goal, desired.names());
        return ask(desired.children().get(0), tables.snapshot(), kernel);
    }

    private KernelWord ask(DesiredChild child, Snapshot snapshot, Function<SocketQuestion, OptionalInt> kernel) {
        return KernelWord.of(child, snapshot, ways, question -> {
                    asked.add(question);
                    return kernel.apply(question);
                })
                .get(0);
    }

    @Test
    void aSocketOfTheChildsOwnIsConnected() {
        KernelWord word = ask(child("a"), Goal.UP, question -> OptionalInt.of(1446));

        assertThat(asked)
                .containsExactly(new SocketQuestion(IpAddress.parse("10.1.0.7"), 0, IpAddress.parse("10.2.0.1"), 9, 0));
        assertThat(word.mtu()).hasValue(1446);
        assertThat(word.about()).isEqualTo("a socket from 10.1.0.7 to 10.2.0.1");
    }

    @Test
    void portsAreThoseOfThePolicy() {
        ask(
                child("a")
                        .traffic(
                                List.of(ts("10.1.0.0/16", IpProtocol.UDP, PortMatch.exactly(53))),
                                List.of(ts("10.2.0.0/16", IpProtocol.UDP, PortMatch.exactly(5353)))),
                Goal.UP,
                question -> OptionalInt.of(1446));

        assertThat(asked.get(0).fromPort()).isEqualTo(53);
        assertThat(asked.get(0).toPort()).isEqualTo(5353);
    }

    /** What would have a keying daemon asked for states, or would hear of another thing. */
    @Test
    void nobodyAsksInVain() {
        assertThat(ask(child("a"), Goal.LOCKDOWN, question -> OptionalInt.of(1)).about())
                .isEqualTo("not asked: the policy is not in the kernel");
        assertThat(ask(child("a"), Goal.TRAP, question -> OptionalInt.of(1)).about())
                .isEqualTo("not asked: there are no states toward the peer in the kernel");
        assertThat(ask(child("a").traffic("10.9.0.0/16", "10.2.0.0/16"), Goal.UP, question -> OptionalInt.of(1))
                        .about())
                .isEqualTo("not asked: no address of this host is in 10.9.0.0/16");
        assertThat(ask(
                                child("a")
                                        .traffic(
                                                List.of(ts("10.1.0.0/16", IpProtocol.TCP, PortMatch.ANY)),
                                                List.of(ts("10.2.0.0/16"))),
                                Goal.UP,
                                question -> OptionalInt.of(1))
                        .about())
                .isEqualTo("not asked: the policy is not about UDP");
        assertThat(asked).isEmpty();
    }

    @Test
    void statesTowardThisHostDoNotCount() {
        DesiredState desired = ChildBuilder.compile(child("a"));
        DesiredChild only = desired.children().get(0);
        List<XfrmState> inbound = only.inbound();

        assertThat(ask(only, new Snapshot(inbound, only.policies()), question -> OptionalInt.of(1))
                        .mtu())
                .isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void aRefusalIsTold() {
        KernelWord word = ask(child("a"), Goal.UP, question -> {
            throw new NetlinkException(Errno.ENETUNREACH.number(), "connect to UDP 10.2.0.1:9");
        });

        assertThat(word.mtu()).isEmpty();
        assertThat(word.about())
                .startsWith("not asked: connect to UDP 10.2.0.1:9")
                .contains("ENETUNREACH");
    }

    @Test
    void anotherNumberIsAContradiction() {
        DesiredChild child = ChildBuilder.compile(child("a")).children().get(0);
        ChildMtu computed = ChildMtu.of(child, Ways.given(1500));

        assertThat(ask(child("a"), Goal.UP, question -> OptionalInt.of(1446)).contradicts(computed))
                .isFalse();
        assertThat(ask(child("a"), Goal.UP, question -> OptionalInt.of(1438)).contradicts(computed))
                .isTrue();
        assertThat(ask(child("a"), Goal.UP, question -> OptionalInt.empty()).contradicts(computed))
                .isFalse();
    }

    private String socket(String local, String remote) {
        asked.clear();
        return ask(child("a").traffic(local, remote), Goal.UP, question -> OptionalInt.of(1446))
                .about()
                .replace("a socket from ", "");
    }

    /** What is this host's stays on it, and says nothing of the tunnel. */
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/24,  10.0.0.0/8,      10.0.0.1 to 10.0.1.1",
        "10.0.0.0/24,  10.0.0.0/24,     10.0.0.1 to 10.0.0.3",
        "10.0.0.0/24,  10.0.0.1/32,     not asked: no address but this host's is in 10.0.0.1/32",
        "10.0.0.0/24,  192.0.2.0/30,    10.0.0.1 to 192.0.2.3",
        "10.0.0.0/24,  192.0.2.2/32,    10.0.0.1 to 192.0.2.2",
        "10.0.0.0/24,  255.255.255.255/32, 10.0.0.1 to 255.255.255.255",
        "0.0.0.0/0,    0.0.0.0/0,       192.0.2.1 to 203.0.113.1",
        "127.0.0.0/8,  10.2.0.0/16,     not asked: no address of this host is in 127.0.0.0/8",
    })
    void theOtherEndIsAnotherHost(String local, String remote, String socket) {
        ways.own("10.0.0.1", "10.0.0.2");

        assertThat(socket(local, remote)).isEqualTo(socket);
    }

    @Test
    void ipv6HasTheSame() {
        ways.own("::1", "fe80::1", "fd01::1", "fd01:0:0:1::1");

        assertThat(socket("::/0", "::/0")).isEqualTo("fd01::1 to 2001:db8:ffff::1");
        assertThat(socket("fd01::/64", "fd01::/16")).isEqualTo("fd01::1 to fd01:0:0:1::2");
        assertThat(socket("fe80::/10", "fd02::/16")).isEqualTo("not asked: no address of this host is in fe80::/10");
    }

    @Test
    void ofSeveralAddressesTheRoutesOwnIsTaken() {
        ways.own("10.1.0.9").sending("10.2.0.1", "10.1.0.9").sending("10.3.0.1", "192.0.2.1");

        assertThat(socket("10.1.0.0/16", "10.2.0.0/16")).isEqualTo("10.1.0.9 to 10.2.0.1");
        assertThat(socket("10.1.0.0/16", "10.3.0.0/16")).isEqualTo("10.1.0.7 to 10.3.0.1");
    }
}
