package org.xfrmctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImportCommandTest {
    static final String SWANCTL = """
            connections {
              home {
                local_addrs = 192.168.0.100
                remote_addrs = 192.168.0.1
                remote { auth = psk }
                children {
                  net {
                    remote_ts = 10.1.0.0/16
                    esp_proposals = aes128gcm16
                    encap = yes
                  }
                }
              }
            }
            secrets { ike { secret = "topsecret" } }
            """;

    private static final String KEY_OUT = "000102030405060708090a0b0c0d0e0f10111213";
    private static final String KEY_IN = "202122232425262728292a2b2c2d2e2f30313233";

    static final String DUMP = """
            src 192.0.2.1 dst 192.0.2.2
            \tproto esp spi 0x00001001 reqid 7 mode tunnel
            \treplay-window 0\s
            \taead rfc4106(gcm(aes)) 0x%s 128
            \tsel src 0.0.0.0/0 dst 0.0.0.0/0\s
            src 192.0.2.2 dst 192.0.2.1
            \tproto esp spi 0x00001002 reqid 7 mode tunnel
            \treplay-window 32\s
            \taead rfc4106(gcm(aes)) 0x%s 128
            \tsel src 0.0.0.0/0 dst 0.0.0.0/0\s
            src 10.1.0.0/16 dst 10.2.0.0/16\s
            \tdir out priority 383615\s
            \ttmpl src 192.0.2.1 dst 192.0.2.2
            \t\tproto esp reqid 7 mode tunnel
            src 10.2.0.0/16 dst 10.1.0.0/16\s
            \tdir in priority 383615\s
            \ttmpl src 192.0.2.2 dst 192.0.2.1
            \t\tproto esp reqid 7 mode tunnel
            src 10.2.0.0/16 dst 10.1.0.0/16\s
            \tdir fwd priority 383615\s
            \ttmpl src 192.0.2.2 dst 192.0.2.1
            \t\tproto esp reqid 7 mode tunnel
            """.formatted(KEY_OUT, KEY_IN);

    private final Console console = new Console();

    @TempDir
    private Path directory;

    private String file(String name, String content) {
        Definitions.file(directory.resolve(name), content);
        return directory.resolve(name).toString();
    }

    @Test
    void printsADefinitionAndTellsWhatIsNotInIt() {
        Console.Result result = console.run("import", file("swanctl.conf", SWANCTL));

        assertThat(result.status()).isEqualTo(ExitCode.CHANGES);
        assertThat(result.out())
                .startsWith("# Taken over from ")
                .contains("# not taken over:\n", "connections:\n  home:\n", "keys: { derive: home }");
        assertThat(result.err())
                .startsWith("read as swanctl.conf; --format says another\n")
                .contains("swanctl.conf:10:9: home.children.net.encap:")
                .endsWith("1 connection, 1 child; 2 things were not taken over\n");
        assertThat(result.out() + result.err()).doesNotContain("topsecret");
        assertThat(Stream.concat(result.out().lines(), result.err().lines()))
                .filteredOn(line -> !line.contains(directory.toString()))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    /** keygen, check and up take it from there. */
    @Test
    void whatItWritesCanBeUsed() {
        String made = directory.resolve("home.yaml").toString();

        assertThat(console.run("import", "-o", made, file("swanctl.conf", SWANCTL))
                        .out())
                .isEmpty();
        assertThat(console.run("keygen", "-f", made).status()).isZero();
        assertThat(console.run("check", "-f", made).out()).startsWith("ok: 1 connection, 1 child");
        assertThat(console.run("up", "-f", made).status()).isZero();
    }

    @Test
    void keysAreWrittenOnlyWhereTheyWereAskedFor() throws IOException {
        String dump = file("dump", DUMP);
        String made = directory.resolve("host.yaml").toString();
        Path keys = directory.resolve("keys");

        Console.Result without = console.run("import", dump);
        assertThat(without.out() + without.err()).doesNotContain(KEY_OUT.substring(0, 16), KEY_IN.substring(0, 16));
        assertThat(directory).isDirectoryNotContaining(path -> path.toString().endsWith(".key"));

        Console.Result result = console.run("import", "--keys-to", keys.toString(), "-o", made, dump);
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out() + result.err()).doesNotContain(KEY_OUT.substring(0, 16), KEY_IN.substring(0, 16));
        Path out = keys.resolve("to-192.0.2.2-reqid-7-out.key");
        assertThat(out).hasContent(KEY_OUT);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out)))
                .isEqualTo("rw-------");
        assertThat(console.run("check", "-f", made).status()).isZero();

        assertThat(console.run("up", "-f", made).status()).isZero();
        assertThat(console.run("state", "--show-keys").out()).contains(KEY_OUT, KEY_IN);
    }

    @Test
    void noFileIsTouchedThatIsThere() throws IOException {
        String made = file("home.yaml", "mine");
        String dump = file("dump", DUMP);

        Console.Result result =
                console.run("import", "--keys-to", directory.resolve("keys").toString(), "-o", made, dump);

        assertThat(result.status()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err()).isEqualTo("xfrmctl: " + made + ": it exists already\n");
        assertThat(Path.of(made)).hasContent("mine");
        assertThat(directory.resolve("keys")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "connections:\n", "connections {\n}\nconn a\n", "{\n\"a\": 1 }"})
    void whatLooksLikeNothingOrLikeTwoIsRefused(String text) {
        Console.Result result = console.run("import", file("what", text));

        assertThat(result.status()).isEqualTo(ExitCode.FAILED);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .startsWith("xfrmctl: " + directory.resolve("what") + " looks like ")
                .hasLineCount(2);
    }

    @Test
    void twoFilesAreOfOneFormat() {
        Console.Result result = console.run("import", file("a", SWANCTL), file("b", DUMP));

        assertThat(result.status()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err()).contains("b looks like what ip xfrm prints or is told, and ", "a like swanctl.conf");
    }

    @Test
    void includesStartBesideTheFileThatNamesThem() throws IOException {
        Files.createDirectories(directory.resolve("conf.d"));
        file("conf.d/b.conf", "conn b\n\tleft=192.0.2.1\n\tright=192.0.2.3\n\tauto=add\n");
        file("conf.d/a.conf", "conn a\n\tleft=192.0.2.1\n\tright=192.0.2.2\n\tauto=add\n");

        Console.Result result =
                console.run("import", "--format", "ipsec", file("ipsec.conf", "include conf.d/*.conf\n"));

        assertThat(result.status()).as(result.err()).isZero();
        assertThat(List.of(result.out().split("\n"))).containsSubsequence("  a:", "  b:");
        assertThat(result.err()).doesNotContain("read as ipsec.conf");
    }

    @Test
    void includesMeanWhatAShellWouldMean() throws IOException {
        Files.createDirectories(directory.resolve("conf.d"));
        String conn = "conn %s\n\tleft=192.0.2.1\n\tright=192.0.2.%s\n\tauto=add\n";
        file("conf.d/a.conf", conn.formatted("a", "3"));
        file("conf.d/.b.conf", conn.formatted("b", "4"));
        file("conf.d/{c}", conn.formatted("c", "5"));

        Console.Result result = console.run(
                "import", "--format", "ipsec", file("ipsec.conf", "include conf.d/*.conf\ninclude conf.d/{c}\n"));

        assertThat(result.out()).contains("  a:\n", "  c:\n").doesNotContain("  b:\n");
    }

    @Test
    void noKeyIsLeftBehindWhereTheDefinitionCannotBeWritten() {
        Path keys = directory.resolve("keys");

        Console.Result result = console.run(
                "import",
                "--keys-to",
                keys.toString(),
                "-o",
                directory.resolve("missing/host.yaml").toString(),
                file("dump", DUMP));

        assertThat(result.status()).isEqualTo(ExitCode.FAILED);
        assertThat(keys).doesNotExist();
    }

    @Test
    void aNameWithANewlineStaysInItsComment() {
        Console.Result result = console.run("import", file("a\nevil: b", SWANCTL));

        assertThat(result.out().lines()).noneSatisfy(line -> assertThat(line).startsWith("evil"));
    }

    @Test
    void aDirectoryAndAnEmptyFileAreNamed() {
        Console.Result given = console.run("import", directory.toString());
        Console.Result empty = console.run("import", "--format", "ip-xfrm", file("empty", ""));

        assertThat(given.err()).startsWith("xfrmctl: " + directory + ": ");
        assertThat(empty.status()).isEqualTo(ExitCode.CHANGES);
        assertThat(empty.err().replaceAll("\\s+", " ")).contains("there is no state and no policy");
    }

    @Test
    void twoPoliciesOfTwoDevicesAreTwo() {
        String out =
                "ip xfrm policy add src 10.1.0.0/16 dst 10.2.0.0/16 dev %s dir out tmpl src 192.0.2.1 dst 192.0.2.2"
                        + " proto esp reqid 7 mode tunnel\n";

        Console.Result result = console.run("import", file("two", out.formatted("eth0") + out.formatted("eth1")));

        assertThat(result.err().replaceAll("\\s+", " "))
                .contains(
                        "two:1:1: policy src 10.1.0.0/16 dst 10.2.0.0/16 dir out: the definition's policy differs in dev,")
                .contains(
                        "two:2:1: policy src 10.1.0.0/16 dst 10.2.0.0/16 dir out: the definition's policy differs in dev,");
    }
}
