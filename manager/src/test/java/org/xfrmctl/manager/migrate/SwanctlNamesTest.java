package org.xfrmctl.manager.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.xfrmctl.manager.migrate.draft.KeyChoice;

/** Names that are alike, and words that mean the same. */
class SwanctlNamesTest {
    private static String peers(String first, String second) {
        String connection = """
                %s {
                  local_addrs = 192.0.2.1
                  remote_addrs = 192.0.2.%s
                  children {
                    %s {
                      remote_ts = 10.%s.0.0/16
                      esp_proposals = aes256gcm16
                    }
                  }
                }
                """;
        return "connections {\n"
                + connection.formatted(first.split("/", 2)[0], "2", first.split("/", 2)[1], "2")
                + connection.formatted(second.split("/", 2)[0], "3", second.split("/", 2)[1], "3") + "}\n";
    }

    @Test
    void peersShareNoSecretBecauseTheirNamesAreAlike() {
        Imported imported = Imports.read(ImportFormat.SWANCTL, peers("peer@one/x", "peer+one/x"));

        assertThat(Imports.text(imported)).contains("{ derive: peer-one }", "{ derive: peer-one-2 }");
        assertThat(imported.notes())
                .anySatisfy(note -> assertThat(note).startsWith("peer@one: it is called peer-one,"))
                .anySatisfy(note -> assertThat(note).startsWith("peer+one: it is called peer-one-2,"));
    }

    @Test
    void writtenKeysHaveNamesOfTheirOwn() {
        String tall = "x".repeat(60);
        for (String text : List.of(peers("a/b-c", "a-b/c"), peers(tall + "/a", tall + "y/b"))) {
            Imported imported = Imports.read(ImportFormat.SWANCTL, Imports.options(KeyChoice.WRITTEN), text);

            assertThat(imported.definition().secrets()).hasSize(4);
            assertThat(Imports.told(imported))
                    .noneSatisfy(line -> assertThat(line).contains("left out, for"));
        }
    }

    @Test
    void whatSaysNoInAnotherWordIsNotTold() {
        String text = peers("a/b", "c/d").replace("aes256gcm16", "aes256gcm16\n hostaccess = false\n icmp = 0");

        assertThat(Imports.told(Imports.read(ImportFormat.SWANCTL, text))).isEmpty();
    }
}
