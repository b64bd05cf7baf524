package org.xfrmctl.cli.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfrmctl.model.definition.ChildName;

class NftTablesTest {
    /** As nft 1.0.6 lists all tables: those of others are none of ours, whatever they are called. */
    @Test
    void countersAreRead() {
        assertThat(NftTables.tables("""
                table inet mine {
                	set peers {
                		type ipv4_addr
                		elements = { 192.0.2.2 }
                	}

                	chain input {
                		type filter hook input priority filter; policy drop;
                		counter packets 7 bytes 700 accept comment "somebody else's"
                	}
                }
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
                table inet xfrmctl {
                	chain input {
                		counter packets 7 bytes 700 accept comment "no child's"
                	}
                }
                table inet xfrmctl/site/other {
                	chain df_output {
                		type filter hook output priority mangle; policy accept;
                		ip saddr 192.0.2.1 ip frag-off 0 counter packets 2 bytes 99 ip frag-off set 0x4000 comment "copy_df: set"
                	}
                }
                """))
                .containsExactly(
                        new HeldTable(
                                new ChildName("site", "net"),
                                List.of(
                                        new HeldTable.HeldRule("input", "ESP of the peer", Optional.of(11L)),
                                        new HeldTable.HeldRule(
                                                "mss_forward", "mss: what this side may send", Optional.of(0L)))),
                        new HeldTable(
                                new ChildName("site", "other"),
                                List.of(new HeldTable.HeldRule("df_output", "copy_df: set", Optional.of(2L)))));
    }

    /** Two would not see the same: somebody may remove a table meanwhile. */
    @Test
    void oneListIsEnough(@TempDir Path directory) throws IOException {
        Path calls = directory.resolve("calls");
        NftTables tables = new NftTables(List.of("sh", "-c", "echo \"$@\" >>" + calls, "sh"));
        tables.list();
        tables.names();

        assertThat(calls).hasContent("""
                nft --terse list ruleset inet
                nft --terse list tables inet
                """);
    }

    @Test
    void aProgramThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> new Nft(List.of("/no/such/program")).list("tables"))
                .isInstanceOfSatisfying(
                        NftException.class,
                        e -> assertThat(e.lines())
                                .anySatisfy(line -> assertThat(line).contains("install the package nftables")))
                .hasMessage("/no/such/program is not there");
    }

    private static Nft nft(String script) {
        return new Nft(List.of("sh", "-c", "cat >/dev/null; " + script));
    }

    /** Whatever it is: its words are what one has to know. */
    @Test
    void itsOwnWordsAreKept() {
        Nft refusing = nft("echo 'line 1: no' >&2; exit 1");

        assertThatThrownBy(() -> refusing.change("table"))
                .isInstanceOfSatisfying(
                        NftException.class, e -> assertThat(e.lines()).containsExactly("line 1: no"))
                .hasMessage("nft refused, and nothing was changed");
        assertThatThrownBy(() -> refusing.list("tables"))
                .isInstanceOfSatisfying(
                        NftException.class, e -> assertThat(e.lines()).containsExactly("line 1: no"))
                .hasMessage("nft did not list what there is");
    }

    /** The kernel may have taken the transaction before. */
    @Test
    void whatWasKilledMayHaveDoneIt() {
        Nft killed = nft("kill -9 $$");

        assertThatThrownBy(() -> killed.change("table"))
                .isInstanceOfSatisfying(
                        NftException.class,
                        e -> assertThat(e.lines())
                                .containsExactly(
                                        "it was ended by signal 9", "look at what is there: xfrmctl firewall --status"))
                .hasMessage("nft did not come to its end: whether it was done is not known");
        assertThatThrownBy(() -> killed.list("tables")).hasMessage("nft did not list what there is");
    }

    @Test
    void whoDoesNotWaitDoesNotKnow() {
        Nft slow = nft("exec tail -f /dev/null >/dev/null 2>&1");
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> slow.change("table"))
                    .hasMessage("nft did not come to its end: whether it was done is not known");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
