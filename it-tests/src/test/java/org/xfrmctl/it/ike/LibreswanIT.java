package org.xfrmctl.it.ike;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** pluto's states of two gateways, with {@code compress=yes}. One boot of User Mode Linux. */
class LibreswanIT extends IkeSuite {
    @TempDir
    private static Path results;

    private static IkeSeen seen = IkeSeen.NOTHING;

    @BeforeAll
    static void runInTheGuest() throws IOException, InterruptedException {
        IkeGuest.run(LibreswanProof.class, IkeDaemon.LIBRESWAN, results);
        seen = IkeSeen.in(results);
    }

    static List<String> hosts() {
        return List.of("moon", "sun");
    }

    @Override
    IkeSeen seen() {
        return seen;
    }

    @Override
    Path results() {
        return results;
    }

    @Override
    long byDaemon(boolean out) {
        Matcher bytes = Pattern.compile((out ? "out" : "in") + "Bytes=(\\d+)").matcher(seen.text("moon daemon"));
        assertThat(bytes.find()).as(seen.text("moon daemon")).isTrue();
        return Long.parseLong(bytes.group(1));
    }
}
