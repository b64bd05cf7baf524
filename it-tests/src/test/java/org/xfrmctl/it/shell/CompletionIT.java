package org.xfrmctl.it.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What bash, zsh and fish offer at the Tab key: the same. */
class CompletionIT {
    private static final String DEFINITION = """
            connections:
              home:
                local_addrs: 192.0.2.1
                remote_addrs: 192.0.2.2
                children:
                  net:
                    mode: transport
                    if_id_in: 1
                    if_id_out: 1
                    sas:
                      out: { spi: 0xc1000001, key: one }
                      in:  { spi: 0xc1000002, key: two }
            interfaces:
              ipsec0: { type: xfrm, if_id: 1 }
            secrets:
              one: { file: one.key }
              two: { file: two.key }
            """;

    @TempDir
    private Path directory;

    /** What is offered behind a line. */
    private Map<String, Set<String>> cases(ShellUnderTest shell) {
        String file = directory.resolve("home.yaml").toString();
        Map<String, Set<String>> cases = new LinkedHashMap<>();
        cases.put("xfrmctl pl", Set.of("plan"));
        cases.put("xfrmctl name", Set.of());
        cases.put("xfrmctl --trace co", Set.of("completion", "counters"));
        cases.put("xfrmctl interface ", Set.of("up", "down", "status"));
        cases.put("xfrmctl mtu pr", Set.of("probe"));
        cases.put("xfrmctl mtu probe --t", Set.of("--to", "--trace", "--tunnel-mtu"));
        cases.put("xfrmctl interface up --dr", Set.of("--dry-run"));
        cases.put("xfrmctl plan --for rekey-i", Set.of("rekey-inbound"));
        cases.put("xfrmctl plan --for=l", Set.of("lockdown"));
        cases.put("xfrmctl lab run --backend ", Set.of("userspace", "kernel"));
        cases.put("xfrmctl state --ip-version 6.1", Set.of("6.1", "6.11", "6.19"));
        cases.put("xfrmctl policy setd", Set.of("setdefault"));
        cases.put("xfrmctl completion ", Set.of("bash", "zsh", "fish"));
        cases.put("xfrmctl ask lock", Set.of("lockdown"));
        cases.put("xfrmctl help moni", Set.of("monitor"));
        cases.put("xfrmctl check -f " + directory + "/ho", Set.of("home.yaml"));
        // Fish has no files behind the letter of an option.
        boolean seen = shell != ShellUnderTest.fish;
        cases.put("xfrmctl check -f" + directory + "/ho", seen ? Set.of("home.yaml") : Set.of());
        cases.put("xfrmctl check --file=" + directory + "/ho", Set.of("home.yaml"));
        cases.put("xfrmctl up -f" + file + " h", Set.of("home", "home/net"));
        cases.put("xfrmctl up -f " + file + " h", Set.of("home", "home/net"));
        cases.put("xfrmctl status --json --file " + file + " home/", Set.of("home/net"));
        cases.put("xfrmctl down --wait 3 --file=" + file + " h", Set.of("home", "home/net"));
        cases.put("xfrmctl interface down -f " + file + " i", Set.of("ipsec0"));
        return cases;
    }

    @ParameterizedTest
    @EnumSource
    void offersWhatFits(ShellUnderTest shell) throws IOException {
        shell.requireOrSkip();
        Files.writeString(directory.resolve("home.yaml"), DEFINITION);
        Map<String, Set<String>> expected = cases(shell);

        List<Set<String>> offers = shell.offers(directory, List.copyOf(expected.keySet()));

        Map<String, Set<String>> offered = new LinkedHashMap<>();
        List<String> lines = List.copyOf(expected.keySet());
        for (int i = 0; i < offers.size(); i++) {
            offered.put(lines.get(i), offers.get(i));
        }
        assertThat(offered).isEqualTo(expected);
    }

    /** A virtual machine for each Tab would be slow. */
    @ParameterizedTest
    @EnumSource
    void asksForNamesOnceUntilTheFileChanges(ShellUnderTest shell) throws IOException {
        shell.requireOrSkip();
        Path file = Files.writeString(directory.resolve("home.yaml"), DEFINITION);
        String line = "xfrmctl up -f " + file + " h";

        assertThat(shell.offers(directory, List.of(line, line, line)))
                .hasSize(3)
                .containsOnly(Set.of("home", "home/net"));

        assertThat(Files.readAllLines(directory.resolve("calls")))
                .containsExactly("completion " + shell, "as is: names --of children -f " + file);
    }

    /** The directory's own time does not tell of it; its name has a blank. */
    @ParameterizedTest
    @EnumSource
    void asksAgainWhenAFileOfADirectoryIsEditedInPlace(ShellUnderTest shell) throws IOException {
        shell.requireOrSkip();
        Path place = Files.createDirectory(directory.resolve("my host"));
        Path file = Files.writeString(place.resolve("home.yaml"), DEFINITION);
        String line = "xfrmctl up -f " + place.toString().replace(" ", "\\ ") + " h";

        assertThat(shell.offers(directory, List.of(line, line, "!echo '# more' >>'" + file + "'", line, line)))
                .hasSize(4)
                .containsOnly(Set.of("home", "home/net"));

        String asked = "as is: names --of children -f " + place;
        assertThat(Files.readAllLines(directory.resolve("calls"))).containsExactly("completion " + shell, asked, asked);
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsSaidOfAnEmptyDirectory(ShellUnderTest shell) throws IOException {
        shell.requireOrSkip();
        Path empty = Files.createDirectory(directory.resolve("empty"));

        assertThat(shell.offers(directory, List.of("xfrmctl up -f " + empty + " h")))
                .containsExactly(Set.of());
        assertThat(ShellUnderTest.said(directory)).isEmpty();
    }
}
