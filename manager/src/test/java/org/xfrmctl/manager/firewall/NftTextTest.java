package org.xfrmctl.manager.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.manager.testing.ChildBuilder.child;
import static org.xfrmctl.manager.testing.ChildBuilder.ts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xfrmctl.manager.compile.DesiredChild;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.mtu.ChildMtu;
import org.xfrmctl.manager.mtu.Ways;
import org.xfrmctl.manager.testing.ChildBuilder;
import org.xfrmctl.model.Encap;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.NatTraversal;
import org.xfrmctl.model.PortMatch;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.model.definition.Definition;
import org.xfrmctl.model.definition.HeaderOptions;
import org.xfrmctl.model.definition.LogicalInterface;
import org.xfrmctl.model.definition.Marks;
import org.xfrmctl.model.definition.Place;
import org.xfrmctl.model.definition.SizeOptions;

/**
 * Rules as text, word for word: {@code src/test/resources/nft}. FirewallIT gives the same files to nft. To write them anew:
 * {@code -Dxfrmctl.nft.write=true}.
 */
class NftTextTest {
    private static final Path FILES = Path.of("src/test/resources/nft");
    private static final SizeOptions AUTO = new SizeOptions(OptionalInt.empty(), SizeOptions.Mss.auto());

    private static ChildBuilder plain() {
        return child("net").reqid(7);
    }

    private static ChildBuilder everywhere(int ifId) {
        Marks marks =
                new Marks(Mark.NONE, Mark.NONE, Optional.empty(), Optional.empty(), new IfId(ifId), new IfId(ifId));
        return plain().traffic("0.0.0.0/0", "0.0.0.0/0").marks(marks).sizes(AUTO);
    }

    private static final Map<String, ChildBuilder> CHILDREN = Map.of(
            "tunnel", plain(),
            "compressed", plain().ipcomp().sizes(AUTO),
            "families",
                    plain().between("2001:db8::1", "2001:db8::2")
                            .ipcomp()
                            .sizes(AUTO)
                            .traffic(
                                    List.of(ts("10.1.0.0/16"), ts("fd01::/64")),
                                    List.of(ts("10.2.0.0/16"), ts("fd02::/64"))),
            "transport",
                    plain().transport().sizes(new SizeOptions(OptionalInt.empty(), new SizeOptions.Mss.Fixed(1200))),
            "less", plain().sizes(new SizeOptions(OptionalInt.of(1300), SizeOptions.Mss.auto())),
            "least",
                    plain().sizes(new SizeOptions(OptionalInt.of(1300), new SizeOptions.Mss.Fixed(1400)))
                            .traffic(
                                    List.of(ts("10.1.0.0/16"), ts("fd01::/64")),
                                    List.of(ts("10.2.0.0/16"), ts("fd02::/64"))),
            "whole", plain().headers(new HeaderOptions(HeaderOptions.CopyDf.SET, true, HeaderOptions.CopyDscp.OUT)),
            "protocols",
                    plain().sizes(new SizeOptions(OptionalInt.empty(), new SizeOptions.Mss.Fixed(1300)))
                            .traffic(
                                    List.of(
                                            ts("10.1.0.0/16", IpProtocol.TCP, PortMatch.exactly(80)),
                                            ts("10.1.0.0/16", IpProtocol.UDP, new PortMatch(1024, 0xfc00)),
                                            ts("10.1.0.1/32", IpProtocol.ICMP, new PortMatch(0x800, 0xff00)),
                                            ts("10.1.0.2/32", IpProtocol.SCTP, PortMatch.exactly(9)),
                                            ts("10.1.0.3/32", IpProtocol.GRE, PortMatch.ANY)),
                                    List.of(ts("10.2.0.0/16"))),
            "interface", everywhere(42),
            "interface-of-others", everywhere(43));

    private static final List<LogicalInterface> INTERFACES = List.of(new LogicalInterface(
            "ipsec0",
            new Place("test.yaml", 1, 1, "ipsec0"),
            new LogicalInterface.Kind.Xfrm(new IfId(42), Optional.empty()),
            OptionalInt.of(1400),
            List.of(),
            List.of()));

    static Stream<String> names() {
        return Stream.concat(CHILDREN.keySet().stream(), Stream.of("udp")).sorted();
    }

    private static ChildFirewall rules(String name) {
        boolean udp = name.equals("udp");
        ChildBuilder child = udp ? plain() : Objects.requireNonNull(CHILDREN.get(name));
        DesiredState desired = ChildBuilder.compile(child);
        return FirewallCompiler.compile(
                child.build(),
                udp ? inUdp(desired.children().get(0)) : desired.children().get(0),
                INTERFACES,
                each -> ChildMtu.of(each, Ways.given(1500, INTERFACES)));
    }

    /** As a NAT on the way makes it; a definition cannot ask for it yet. */
    private static DesiredChild inUdp(DesiredChild child) {
        UnaryOperator<XfrmState> wrapped = state -> state.toBuilder()
                .options(state.options()
                        .withNatTraversal(NatTraversal.of(new Encap(Encap.ESPINUDP, 4500, 4500, IpAddress.ANY_V4))))
                .build();
        return new DesiredChild(
                child.name(),
                child.reqid(),
                child.inbound().stream().map(wrapped).toList(),
                child.accepted(),
                child.outbound().stream().map(wrapped).toList(),
                child.implied(),
                child.policies(),
                child.sizes(),
                child.onDown(),
                child.epoch());
    }

    @ParameterizedTest
    @MethodSource("names")
    void printsWhatTheChildNeeds(String name) throws IOException {
        String text = NftText.print(List.of(rules(name)));
        Path file = FILES.resolve(name + ".nft");
        if (Boolean.getBoolean("xfrmctl.nft.write")) {
            Files.writeString(file, text);
        }

        assertThat(text).isEqualTo(Files.readString(file));
    }

    @Test
    void thereIsAFileForEachAndNoOther() throws IOException {
        try (Stream<Path> files = Files.list(FILES)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".nft", "")))
                    .containsExactlyInAnyOrderElementsOf(names().toList());
        }
    }

    @Test
    void theMssAloneIsNoFilter() {
        ChildFirewall mss = rules("compressed").mss();

        assertThat(NftText.print(List.of(mss))).doesNotContain("accept comment").contains("rt mtu");
        assertThat(rules("whole").mss().rules()).isEmpty();
        assertThat(rules("whole").changing().rules()).singleElement().isInstanceOf(Rule.SetDf.class);
    }

    /** So that a definition that lost its "mss" leaves no old rules behind. */
    @Test
    void aChildWithoutRulesHasItsTableRemoved() {
        assertThat(NftText.print(List.of(rules("tunnel").mss()))).endsWith("""

                        table inet xfrmctl/net/net
                        delete table inet xfrmctl/net/net
                        # net/net needs no rule.
                        """);
    }

    @Test
    void theWaysAreAskedForAutoAlone() {
        ChildBuilder two = child("two").spi(0x2000).traffic("10.3.0.0/16", "10.4.0.0/16");
        Definition definition = ChildBuilder.definition(plain(), two);
        DesiredState chosen = ChildBuilder.compile(plain(), two).only(Set.of(plain().name()));

        assertThat(FirewallCompiler.compile(definition, chosen, each -> {
                    throw new AssertionError("asked");
                }))
                .extracting(ChildFirewall::child)
                .containsExactly(plain().name());
    }
}
