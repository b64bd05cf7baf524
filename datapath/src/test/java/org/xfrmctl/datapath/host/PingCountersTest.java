package org.xfrmctl.datapath.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.datapath.engine.Samples.cbc;
import static org.xfrmctl.datapath.engine.Samples.gcm;
import static org.xfrmctl.datapath.engine.Samples.ip;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.datapath.host.Gateways.Plan;
import org.xfrmctl.model.Mode;

/** What the states count for one ping; the numbers are a Linux 6.1's. */
class PingCountersTest {
    @ParameterizedTest(name = "v6 {0}, {1} bytes")
    @CsvSource({
        "false, 56, 84/1", "false, 1000, 1028/1", "false, 8184, 8212/1",
        "true, 56, 104/1", "true, 1000, 1048/1", "true, 8184, 8480/6"
    })
    void espTunnel(boolean v6, int size, String counted) {
        Plan plan = Plan.of(v6);
        Gateways gateways = Gateways.withoutAlice().espTunnel(plan);
        assertThat(gateways.carol.ping(PingOptions.of(ip(plan.alice()), size)).received())
                .isEqualTo(1);
        for (Host host : new Host[] {gateways.carol, gateways.moon}) {
            assertThat(Gateways.counters(host)).isEqualTo(Map.of("111", counted, "222", counted));
            assertThat(Gateways.statistics(host)).isEmpty();
        }
    }

    @ParameterizedTest(name = "v6 {0}, cbc {1}, {2} bytes")
    @CsvSource({
        "false, false, 56, 64/1", "false, false, 1000, 1008/1", "false, false, 8184, 8192/1",
        "true, false, 56, 64/1", "true, false, 1000, 1008/1", "true, false, 8184, 8192/1",
        "false, true, 56, 64/1", "false, true, 1000, 1008/1", "false, true, 8184, 8192/1"
    })
    void espTransport(boolean v6, boolean cbc, int size, String counted) {
        Plan plan = Plan.of(v6);
        Gateways gateways = Gateways.withoutAlice().espTransport(plan, cbc ? cbc("hmac(sha256)", 32, 128) : gcm(128));
        assertThat(gateways.carol.ping(PingOptions.of(ip(plan.moon()), size)).received())
                .isEqualTo(1);
        for (Host host : new Host[] {gateways.carol, gateways.moon}) {
            assertThat(Gateways.counters(host)).isEqualTo(Map.of("111", counted, "222", counted));
            assertThat(Gateways.statistics(host)).isEmpty();
        }
    }

    /**
     * Small packets go uncompressed and come in through the implied state. What ESP counts depends on how the time stamp
     * compresses: a few bytes more or less.
     */
    @ParameterizedTest(name = "v6 {0}, {1} bytes")
    @CsvSource({
        "false, 56, 84, 1", "false, 1000, 1028, 1", "false, 8184, 8212, 1",
        "true, 56, 104, 1", "true, 1000, 1048, 1", "true, 8184, 8480, 6"
    })
    void compressionTunnelInEspTransport(boolean v6, int size, int plain, int packets) {
        Plan plan = Plan.of(v6);
        Gateways gateways = Gateways.withoutAlice().compressed(plan, Mode.TUNNEL);
        assertThat(gateways.carol.ping(PingOptions.of(ip(plan.alice()), size)).received())
                .isEqualTo(1);
        boolean compressed = plain >= 90;
        String counted = plain + "/" + packets;
        Map<String, String> carol = Gateways.counters(gateways.carol);
        assertThat(carol).containsEntry("11", counted).containsEntry("22", compressed ? counted : "0/0");
        assertThat(carol).containsEntry(v6 ? "41:1" : "4:c0a80064", "0/0");
        assertThat(carol).containsEntry(v6 ? "41:2" : "4:c0a80001", compressed ? "0/0" : counted);
        assertThat(bytes(carol, "111")).isBetween(compressed ? 70 : plain, compressed ? 1935 : plain);
        Map<String, String> moon = Gateways.counters(gateways.moon);
        assertThat(moon).containsEntry("111", carol.getOrDefault("111", "")).containsEntry("22", counted);
        assertThat(moon).containsEntry("11", compressed ? counted : "0/0");
        assertThat(Gateways.statistics(gateways.moon)).isEmpty();
        assertThat(Gateways.statistics(gateways.carol)).isEmpty();
    }

    @ParameterizedTest(name = "v6 {0}, {1} bytes")
    @CsvSource({
        "false, 56, 64",
        "false, 1000, 1008",
        "false, 8184, 8192",
        "true, 56, 64",
        "true, 1000, 1008",
        "true, 8184, 8192"
    })
    void compressionAndEspInTransport(boolean v6, int size, int plain) {
        Plan plan = Plan.of(v6);
        Gateways gateways = Gateways.withoutAlice().compressed(plan, Mode.TRANSPORT);
        assertThat(gateways.carol.ping(PingOptions.of(ip(plan.moon()), size)).received())
                .isEqualTo(1);
        Map<String, String> carol = Gateways.counters(gateways.carol);
        assertThat(carol).containsOnlyKeys("11", "111", "22", "221");
        assertThat(carol).containsEntry("11", plain + "/1").containsEntry("22", plain >= 90 ? plain + "/1" : "0/0");
        assertThat(bytes(carol, "111")).isBetween(plain >= 90 ? 290 : plain, plain >= 90 ? 390 : plain);
        assertThat(Gateways.statistics(gateways.moon)).isEmpty();
    }

    private static int bytes(Map<String, String> counters, String spi) {
        return Integer.parseInt(counters.getOrDefault(spi, "0/0").split("/", -1)[0]);
    }
}
