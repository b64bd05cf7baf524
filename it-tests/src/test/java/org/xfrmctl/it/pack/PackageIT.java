package org.xfrmctl.it.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfrmctl.it.guest.RealKernel;
import org.xfrmctl.it.guest.UserModeLinux;

/**
 * A host that is set up by the package, in two boots: installed, configured from the sample, under traffic while its watch
 * is killed and upgraded; then booted again, removed and purged. {@code host.sh} has the steps.
 */
class PackageIT {
    private static final Duration LIMIT = Duration.ofMinutes(15);

    /** What "systemd-analyze security" of systemd 252 says; 10 is a service that may do all. docs/INSTALL.md tells it, too. */
    private static final Map<String, Double> EXPOSURE = Map.of("xfrmctl.service", 1.8, "xfrmctl-lockdown.service", 1.4);

    @TempDir
    private static Path directory;

    private static Said host;

    @BeforeAll
    static void twoBoots() throws IOException, InterruptedException {
        UserModeLinux kernel = RealKernel.userModeLinux();
        Path tree = RealKernel.cache().resolve("debian-12");
        boolean isRoot = Files.getAttribute(directory, "unix:uid").equals(0);
        RealKernel.requireOrSkip(isRoot && Files.isDirectory(tree), "mmdebstrap; it-tests/debian/fetch; all as root");
        Path built = BuiltPackage.path();
        Map<String, Path> packages = Map.of(
                "xfrmctl-1.deb", built, "xfrmctl-2.deb", BuiltPackage.nextVersion(built, directory.resolve("next")));
        DebianHost debian = DebianHost.copy(kernel, tree, directory.resolve("root"), packages);
        try {
            debian.boot(1, LIMIT);
            debian.boot(2, LIMIT);
            debian.end(directory.resolve("proof"));
        } finally {
            debian.remove();
        }
        host = new Said(directory.resolve("proof"));
    }

    @Test
    void everyStepEndsAsItShould() throws IOException {
        Map<String, String> bad = new TreeMap<>(host.statuses());
        // systemctl is-active: neither is, for nothing is defined yet.
        assertThat(bad.remove("idle")).isEqualTo("3");
        // ping, to a gateway that is not ready yet.
        assertThat(bad.remove("blocked")).isEqualTo("1");
        assertThat(bad.remove("open-blocked")).isEqualTo("1");
        assertThat(bad.values().removeIf("0"::equals)).isTrue();
        assertThat(bad).as(transcript(bad)).isEmpty();
    }

    private static String transcript(Map<String, String> steps) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String step : steps.keySet()) {
            text.append(step).append(":\n").append(host.file("said/" + step));
        }
        return text.toString();
    }

    @Test
    void servicesAreEnabledAndWaitForADefinition() throws IOException {
        assertThat(host.file("said/enabled").lines()).containsExactly("enabled", "enabled");
        assertThat(host.file("said/idle").lines()).containsExactly("inactive", "inactive");
        assertThat(host.file("said/active").lines()).containsExactly("active", "active");
        assertThat(host.file("said/active-again").lines()).containsExactly("active", "active");
    }

    @Test
    void theTabKeyTheManualAndTheArchiveAreInPlace() throws IOException {
        assertThat(host.file("said/completion")).contains("complete ").endsWith(" xfrmctl\n");
        assertThat(host.file("said/manual"))
                .contains(".TH \"XFRMCTL\\-UP\" \"1\"")
                .contains(".TH \"XFRMCTL.YAML\" \"5\"");
        assertThat(host.file("said/archive").lines()).hasSize(1);
    }

    @Test
    void packetsGoThroughIpcompAndEsp() throws IOException {
        for (String ping : List.of("said/ping", "said/ping2")) {
            assertThat(host.file(ping)).contains(" 0% packet loss");
        }
        assertThat(host.file("said/counters")).contains("IPComp out").contains("ESP in");
        assertThat(host.file("said/asked")).contains("home/net: UP").contains("home/open: UP");
    }

    /** Between the boot and the first address. */
    @Test
    void theLockdownIsThereBeforeTheNetwork() throws IOException {
        assertThat(host.file("seen-1")).isEmpty();
        assertThat(host.file("seen-2"))
                .contains("dst 10.1.0.0/16")
                .contains("dst 10.2.0.0/16")
                .contains("action block")
                .doesNotContain("tmpl")
                .doesNotContain("inet");
    }

    /** The gateway refuses what comes in clear, and its kernel counts that. */
    @Test
    void nothingIsInClear() throws IOException {
        for (String counters : List.of("said/refused", "said/refused-after")) {
            assertThat(host.file(counters))
                    .containsPattern("XfrmInPolBlock\\s+0\n")
                    .containsPattern("XfrmInTmplMismatch\\s+0\n")
                    .containsPattern("XfrmInNoPols\\s+0\n");
        }
        // After the boot what was sent before the gateway was ready came to it protected, and was no state's of its
        // own.
        assertThat(host.file("said/refused-before"))
                .containsPattern("XfrmInPolBlock\\s+0\n")
                .doesNotContainPattern("XfrmInNoStates\\s+0\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kill", "upgrade", "java"})
    void protectionGoesOnWithoutTheWatch(String harm) throws IOException {
        assertThat(host.file("said/ping-" + harm)).contains(" 0% packet loss");
        assertThat(host.file("said/states-before-" + harm))
                .contains("proto esp")
                .contains("proto comp");
        assertThat(host.file("said/states-after-" + harm)).isEqualTo(host.file("said/states-before-" + harm));
    }

    @Test
    void anUpgradeIsOne() throws IOException {
        assertThat(host.file("said/upgraded")).isEqualTo(BuiltPackage.NEXT + "\n");
    }

    @Test
    void servicesMayDoLittle() throws IOException {
        Matcher each =
                Pattern.compile("Overall exposure level for (\\S+): ([0-9.]+)").matcher(host.file("said/security"));
        Map<String, Double> exposure = new TreeMap<>();
        while (each.find()) {
            exposure.put(each.group(1), Double.valueOf(each.group(2)));
        }
        assertThat(exposure).isEqualTo(EXPOSURE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"removed", "purged"})
    void whatIsRemovedIsLeftAsOnDownSays(String step) throws IOException {
        assertThat(host.file("said/" + step))
                .contains("dst 10.1.0.0/16")
                .contains("action block")
                .doesNotContain("tmpl")
                .doesNotContain("10.2.0.0/16");
        assertThat(host.file("said/removed-states")).isEmpty();
    }

    @Test
    void aPurgeLeavesNoFile() throws IOException {
        assertThat(host.file("said/kept")).contains("home.yaml\n").contains("home.key");
        List<String> before = host.file("before").lines().toList();
        try (Stream<String> after = host.file("after").lines()) {
            assertThat(after.filter(path -> !before.contains(path))).isEmpty();
        }
        assertThat(host.file("said/purged-units")).isEmpty();
        assertThat(host.file("said/purge")).contains("make new secrets");
        // It tells whose the blocks are, until the boot that ends them, too.
        assertThat(host.file("said/run-left")).contains("/journal\n");
    }

    @Test
    void aKeyIsNowhereInWhatIsLogged() throws IOException {
        String key = host.file("moon/home.key").strip();
        assertThat(key).hasSizeGreaterThan(60);
        try (Stream<Path> said = Files.list(host.directory().resolve("said"))) {
            for (Path file : said.toList()) {
                assertThat(Files.readString(file)).as(file.toString()).doesNotContain(key);
            }
        }
    }
}
