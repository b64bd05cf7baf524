package org.xfrmctl.manager.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What strongSwan and libreswan make of one ipsec.conf in different ways. */
class IpsecDialectTest {
    private static Imported read(String text) {
        return Imports.read(ImportFormat.IPSEC, text);
    }

    private static String with(String option) {
        return "conn c\n\tleft=192.0.2.1\n\tright=192.0.2.2\n\tauto=add\n\t" + option + "\n";
    }

    @Test
    void ofSeveralAlsoTheLastCountsMost() {
        String text = """
                conn base
                  reqid=1
                  priority=1
                conn x
                  also=base
                  reqid=2
                conn y
                  also=base
                  reqid=3
                conn d
                  also=x
                  also=y
                  left=192.0.2.1
                  right=192.0.2.2
                  auto=add
                """;

        assertThat(Imports.text(read(text + "  leftfirewall=no\n"))).contains("reqid: 3");
        Imported libreswans = read(text + "  ikev2=insist\n  decap-dscp=no\n");
        assertThat(Imports.told(libreswans))
                .anySatisfy(line -> assertThat(line).startsWith("file:9:3: d.reqid: conn d has another value of it"));
        assertThat(Imports.told(read(with("ikev2=insist\n\treqid=1\n\treqid=2"))))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("file:7:2: c.reqid: it had another value above");
    }

    @ParameterizedTest
    @CsvSource({
        "true, false, 1",
        "on, off, y",
        "Y, N, yes",
        "1, 0, on",
    })
    void libreswanHasManyWordsForYesAndNo(String yes, String no, String alsoYes) {
        Imported imported = read(with("ikev2=insist\n\tcompress=" + yes + "\n\trekey=" + no + "\n\tencap-dscp=" + no
                + "\n\tnopmtudisc=" + alsoYes + "\n\tesn=" + no));

        assertThat(Imports.text(imported))
                .contains("ipcomp: yes", "copy_dscp: no", "copy_df: no")
                .doesNotContain("rekey_time");
        assertThat(Imports.told(imported)).isEmpty();
    }

    @Test
    void anInterfaceOfTwoConnsHasWhatBothGiveIt() {
        String conn = """
                conn %s
                  left=192.0.2.1
                  right=%s
                  rightsubnet=%s
                  auto=add
                  ipsec-interface=1
                  leftinterface-ip=%s
                  mtu=%s
                """;

        Imported imported = read(conn.formatted("a", "192.0.2.2", "10.2.0.0/16", "10.7.7.1/24", "1400")
                + conn.formatted("b", "192.0.2.3", "0.0.0.0/0", "10.8.8.1/24", "1300"));

        assertThat(Imports.text(imported))
                .contains("addresses: [\"10.7.7.1/24\", \"10.8.8.1/24\"]", "mtu: 1400", "routes: [\"10.2.0.0/16\"]");
        assertThat(Imports.told(imported))
                .anySatisfy(line -> assertThat(line).contains("b.mtu: another conn has given ipsec1 an MTU of 1400"))
                .anySatisfy(line -> assertThat(line).contains("b.ipsec-interface: a route for 0.0.0.0/0"));
        assertThat(Imports.told(read(with("ikev2=insist\n\tinterface-ip=10.1.1.1/24"))))
                .anySatisfy(line -> assertThat(line).contains("c.interface-ip: no ipsec-interface"));
    }

    @Test
    void keysOfTheOtherDaemonAreToldAndNotRead() {
        Imported imported = read(with("ikev2=insist\n\tdecap-dscp=no\n\treplay_window=64"));

        assertThat(Imports.text(imported)).contains("replay_window: 128");
        assertThat(Imports.told(imported)).hasSize(1).first().asString().contains("c.replay_window: unknown");
    }
}
