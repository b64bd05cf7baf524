package org.xfrmctl.cli.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NftTablesTest {
    /** As nft 1.0.6 lists what it was given. */
    @Test
    void countersAreRead() {
        assertThat(NftTables.rules("""
                table inet xfrmctl/site/net {
                	chain input {
                		type filter hook input priority filter; policy accept;
                		ip saddr 192.0.2.2 ip daddr 192.0.2.1 meta l4proto esp counter packets 11 bytes 1396 accept comment "ESP of the peer"
                	}

                	chain mss_forward {
                		type filter hook forward priority mangle; policy accept;
                		ip saddr 10.2.0.0/16 ipsec in reqid 7 tcp flags syn counter packets 0 bytes 0 tcp option maxseg size set rt mtu comment "mss: what this side may send"
                	}
                }
                """))
                .containsExactly(
                        new HeldTable.HeldRule("input", "ESP of the peer", Optional.of(11L)),
                        new HeldTable.HeldRule("mss_forward", "mss: what this side may send", Optional.of(0L)));
    }

    @Test
    void aProgramThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> new Nft(List.of("/no/such/program")).run("", "list"))
                .isInstanceOfSatisfying(
                        NftException.class,
                        e -> assertThat(e.lines())
                                .anySatisfy(line -> assertThat(line).contains("install the package nftables")))
                .hasMessage("/no/such/program is not there");
    }

    /** Whatever it is: its words are what one has to know. */
    @Test
    void itsOwnWordsAreKept() {
        Nft refusing = new Nft(List.of("sh", "-c", "cat >/dev/null; echo 'line 1: no' >&2; exit 1"));

        assertThatThrownBy(() -> refusing.run("table", "-f", "-"))
                .isInstanceOfSatisfying(
                        NftException.class, e -> assertThat(e.lines()).containsExactly("line 1: no"))
                .hasMessage("nft refused, and nothing was changed");
    }
}
