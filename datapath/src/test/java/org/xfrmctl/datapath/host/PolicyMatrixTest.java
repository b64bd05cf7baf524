package org.xfrmctl.datapath.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.datapath.engine.Samples.comp;
import static org.xfrmctl.datapath.engine.Samples.esp;
import static org.xfrmctl.datapath.engine.Samples.ip;
import static org.xfrmctl.datapath.engine.Samples.policy;
import static org.xfrmctl.datapath.engine.Samples.transport;
import static org.xfrmctl.datapath.engine.Samples.tunnel;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfrmctl.datapath.host.Gateways.Plan;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.PolicyAction;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmCounter;

/** What a receiver's policy makes of a packet's path; every row was seen on Linux 6.1. */
class PolicyMatrixTest {
    private static final Plan P = Plan.V4;

    /** How carol's packet comes. */
    enum Way {
        CLEAR,
        ESP_TRANSPORT,
        ESP_TUNNEL,
        COMP_TRANSPORT,
        COMP_TUNNEL
    }

    /** What moon asks for; {@code other} templates name another reqid, {@code elsewhere} another source. */
    static List<Template> templates(String wanted) {
        Template espTransport = transport(P.carol(), IpProtocol.ESP, Level.REQUIRED);
        return switch (wanted) {
            case "none" -> List.of();
            case "esp tunnel" -> List.of(tunnel(P.carol(), P.moon(), IpProtocol.ESP, Level.REQUIRED));
            case "esp tunnel use" -> List.of(tunnel(P.carol(), P.moon(), IpProtocol.ESP, Level.USE));
            case "esp transport" -> List.of(espTransport);
            case "esp transport use" -> List.of(transport(P.carol(), IpProtocol.ESP, Level.USE));
            case "comp transport" -> List.of(transport(P.carol(), IpProtocol.COMP, Level.REQUIRED), espTransport);
            case "comp transport use" -> List.of(transport(P.carol(), IpProtocol.COMP, Level.USE), espTransport);
            case "comp tunnel" -> List.of(tunnel(P.carol(), P.moon(), IpProtocol.COMP, Level.REQUIRED), espTransport);
            case "comp tunnel use" -> List.of(tunnel(P.carol(), P.moon(), IpProtocol.COMP, Level.USE), espTransport);
            case "comp tunnel use, other reqid" ->
                List.of(
                        Template.tunnel(ip(P.carol()), ip(P.moon()), IpProtocol.COMP, new Reqid(77), Level.USE),
                        espTransport);
            case "comp tunnel use, elsewhere" ->
                List.of(tunnel("192.168.0.99", P.moon(), IpProtocol.COMP, Level.USE), espTransport);
            case "six" -> Collections.nCopies(6, espTransport);
            default -> throw new IllegalArgumentException(wanted);
        };
    }

    static Gateways network(Way way) {
        Gateways gateways = Gateways.withoutAlice();
        switch (way) {
            case CLEAR -> {}
            case ESP_TRANSPORT ->
                gateways.add(esp(P.carol(), P.moon(), 0x111, Mode.TRANSPORT).build());
            case ESP_TUNNEL ->
                gateways.add(esp(P.carol(), P.moon(), 0x111, Mode.TUNNEL).build());
            case COMP_TRANSPORT, COMP_TUNNEL -> {
                Mode mode = way == Way.COMP_TUNNEL ? Mode.TUNNEL : Mode.TRANSPORT;
                gateways.add(comp(P.carol(), P.moon(), 0x11, mode).build());
                gateways.add(esp(P.carol(), P.moon(), 0x111, Mode.TRANSPORT).build());
            }
        }
        if (way != Way.CLEAR) {
            Gateways.add(
                    gateways.carol,
                    policy(Direction.OUT, P.carol(), target(way))
                            .templates(outbound(way))
                            .build());
        }
        return gateways;
    }

    private static List<Template> outbound(Way way) {
        return switch (way) {
            case CLEAR -> List.of();
            case ESP_TRANSPORT -> templates("esp transport");
            case ESP_TUNNEL -> templates("esp tunnel");
            case COMP_TRANSPORT -> templates("comp transport");
            case COMP_TUNNEL -> templates("comp tunnel");
        };
    }

    static String target(Way way) {
        return way == Way.ESP_TUNNEL || way == Way.COMP_TUNNEL ? P.alice() : P.moon();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "COMP_TRANSPORT | 56 | comp transport | XfrmInTmplMismatch",
                "COMP_TRANSPORT | 1000 | comp transport | ok",
                "COMP_TRANSPORT | 56 | comp transport use | ok",
                "COMP_TRANSPORT | 1000 | comp transport use | ok",
                "COMP_TUNNEL | 56 | comp tunnel | XfrmInTmplMismatch",
                "COMP_TUNNEL | 1000 | comp tunnel | ok",
                "COMP_TUNNEL | 56 | comp tunnel use | ok",
                "COMP_TUNNEL | 1000 | comp tunnel use | ok",
                "COMP_TUNNEL | 56 | comp tunnel use, other reqid | ok",
                "COMP_TUNNEL | 1000 | comp tunnel use, other reqid | XfrmInTmplMismatch",
                "COMP_TUNNEL | 56 | comp tunnel use, elsewhere | XfrmInTmplMismatch",
                "COMP_TUNNEL | 1000 | comp tunnel use, elsewhere | XfrmInTmplMismatch",
                "CLEAR | 56 | comp tunnel use | XfrmInTmplMismatch",
                "CLEAR | 56 | esp tunnel | XfrmInTmplMismatch",
                "CLEAR | 56 | esp transport | XfrmInTmplMismatch",
                "CLEAR | 56 | esp tunnel use | ok",
                "CLEAR | 56 | esp transport use | ok",
                "CLEAR | 56 | none | ok",
                "ESP_TUNNEL | 56 | none | XfrmInTmplMismatch",
                "ESP_TUNNEL | 56 | esp tunnel | ok",
                "ESP_TUNNEL | 56 | esp transport | XfrmInTmplMismatch",
                "ESP_TRANSPORT | 56 | none | ok",
                "ESP_TRANSPORT | 56 | esp tunnel | XfrmInTmplMismatch",
                "ESP_TRANSPORT | 56 | six | XfrmInBufferError",
            })
    void pathAgainstTemplates(Way way, int size, String wanted, String expected) {
        Gateways gateways = network(way);
        Gateways.add(
                gateways.moon,
                policy(Direction.IN, P.carol(), target(way))
                        .templates(templates(wanted))
                        .build());
        expect(gateways, way, size, expected);
    }

    @ParameterizedTest
    @CsvSource({"ESP_TUNNEL, XfrmInNoPols", "ESP_TRANSPORT, ok", "CLEAR, ok"})
    void withoutInboundPolicy(Way way, String expected) {
        expect(network(way), way, 56, expected);
    }

    @ParameterizedTest
    @CsvSource({"ESP_TUNNEL", "ESP_TRANSPORT", "CLEAR"})
    void inboundBlock(Way way) {
        Gateways gateways = network(way);
        Gateways.add(
                gateways.moon,
                policy(Direction.IN, P.carol(), target(way))
                        .action(PolicyAction.BLOCK)
                        .build());
        expect(gateways, way, 56, "XfrmInPolBlock");
    }

    @Test
    void inboundDefaultBlock() {
        Gateways gateways = network(Way.CLEAR);
        gateways.moon.namespace().defaultAction(Direction.IN, PolicyAction.BLOCK);
        expect(gateways, Way.CLEAR, 56, "XfrmInNoPols");
    }

    private static void expect(Gateways gateways, Way way, int size, String expected) {
        PingOutcome outcome = gateways.carol.ping(PingOptions.of(ip(target(way)), size));
        assertThat(outcome.received()).isEqualTo(expected.equals("ok") ? 1 : 0);
        assertThat(Gateways.statistics(gateways.carol)).isEmpty();
        Map<XfrmCounter, Long> moon = Gateways.statistics(gateways.moon);
        if (expected.equals("ok")) {
            assertThat(moon).isEmpty();
        } else {
            assertThat(moon).hasSize(1);
            assertThat(moon.toString()).isEqualTo("{" + expected + "=1}");
        }
    }

    @Test
    void outboundBlockRefusesTheSocket() {
        Gateways gateways = Gateways.withoutAlice();
        Gateways.add(
                gateways.carol,
                policy(Direction.OUT, P.carol(), P.moon())
                        .action(PolicyAction.BLOCK)
                        .build());
        assertThat(gateways.carol.ping(PingOptions.of(ip(P.moon()), 56)).error())
                .contains("Operation not permitted");
        assertThat(Gateways.statistics(gateways.carol)).isEqualTo(Map.of(XfrmCounter.OUT_POL_BLOCK, 1L));
    }

    @Test
    void outboundDefaultBlockHasNoCounter() {
        Gateways gateways = Gateways.withoutAlice();
        gateways.carol.namespace().defaultAction(Direction.OUT, PolicyAction.BLOCK);
        assertThat(gateways.carol.ping(PingOptions.of(ip(P.moon()), 56)).error())
                .contains("Operation not permitted");
        assertThat(Gateways.statistics(gateways.carol)).isEmpty();
    }

    /** The lookups of one ping: three to connect (IPv6: four) and one for each packet. */
    @ParameterizedTest
    @CsvSource({"false, 1, 4", "false, 3, 6", "true, 1, 5", "true, 3, 7"})
    void missingStateLooksLikeSuccess(boolean v6, int count, long lookups) {
        Plan plan = Plan.of(v6);
        Gateways gateways = Gateways.withoutAlice();
        Gateways.add(
                gateways.carol,
                policy(Direction.OUT, plan.carol(), plan.moon())
                        .templates(List.of(transport(plan.carol(), IpProtocol.ESP, Level.REQUIRED)))
                        .build());
        PingOutcome outcome =
                gateways.carol.ping(PingOptions.of(ip(plan.moon()), 56).withCount(count));
        assertThat(outcome.error()).isEmpty();
        assertThat(outcome.received()).isZero();
        assertThat(Gateways.statistics(gateways.carol)).isEqualTo(Map.of(XfrmCounter.OUT_NO_STATES, lookups));
        assertThat(gateways.onWan).isEmpty();
    }

    @Test
    void stateOfAnXfrmInterfaceIsNotForOrdinaryPolicies() {
        Gateways gateways = Gateways.withoutAlice();
        gateways.add(esp(P.carol(), P.moon(), 0x111, Mode.TRANSPORT)
                .ifId(new IfId(5))
                .build());
        Gateways.add(
                gateways.carol,
                policy(Direction.OUT, P.carol(), P.moon())
                        .templates(templates("esp transport"))
                        .build());
        gateways.carol.ping(PingOptions.of(ip(P.moon()), 56));
        assertThat(Gateways.statistics(gateways.carol)).isEqualTo(Map.of(XfrmCounter.OUT_NO_STATES, 4L));
    }

    @Test
    void spiOfAnotherStateAndTooManyTemplatesAreErrors() {
        Gateways gateways = network(Way.ESP_TRANSPORT);
        Template wanted = templates("esp transport").get(0);
        Template exact = new Template(
                new SaId(wanted.destination(), new Spi(0x111), IpProtocol.ESP),
                wanted.source(),
                new Reqid(9),
                Mode.TRANSPORT,
                Level.REQUIRED,
                wanted.masks(),
                0);
        gateways.carol
                .namespace()
                .policies()
                .update(policy(Direction.OUT, P.carol(), P.moon())
                        .templates(List.of(exact))
                        .build());
        PingOptions ping = PingOptions.of(ip(P.moon()), 56);
        assertThat(gateways.carol.ping(ping).error()).contains("File exists");
        gateways.carol
                .namespace()
                .policies()
                .update(policy(Direction.OUT, P.carol(), P.moon())
                        .templates(templates("six"))
                        .build());
        assertThat(gateways.carol.ping(ping).error()).contains("No buffer space available");
        assertThat(Gateways.statistics(gateways.carol)).isEqualTo(Map.of(XfrmCounter.OUT_POL_ERROR, 2L));
    }

    @Test
    void fiveTemplatesMayAskForTheSameState() {
        Gateways gateways = Gateways.withoutAlice();
        gateways.add(esp(P.carol(), P.moon(), 0x111, Mode.TRANSPORT).build());
        Gateways.add(
                gateways.carol,
                policy(Direction.OUT, P.carol(), P.moon())
                        .templates(Collections.nCopies(
                                5, templates("esp transport").get(0)))
                        .build());
        assertThat(gateways.carol.ping(PingOptions.of(ip(P.moon()), 56)).received())
                .isEqualTo(1);
        assertThat(Gateways.counters(gateways.moon)).isEqualTo(Map.of("111", "680/5"));
    }

    /** An optional outbound transform without state is skipped: the packet goes in clear. */
    @ParameterizedTest
    @ValueSource(ints = {56, 3000})
    void optionalTransportOutboundIsSkipped(int size) {
        Gateways gateways = Gateways.withoutAlice();
        Gateways.add(
                gateways.carol,
                policy(Direction.OUT, P.carol(), P.moon())
                        .templates(templates("esp transport use"))
                        .build());
        assertThat(gateways.carol.ping(PingOptions.of(ip(P.moon()), size)).received())
                .isEqualTo(1);
        assertThat(Gateways.header(gateways.onWan.get(0)).protocol()).isEqualTo(1);
    }
}
