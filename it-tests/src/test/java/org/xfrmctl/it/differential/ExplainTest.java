package org.xfrmctl.it.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/** What is explained is what a host of userspace does; {@code -Dxfrmctl.seed=N} begins with another world. */
class ExplainTest {
    private static final long FIRST = Long.getLong("xfrmctl.seed", 1);
    private static final int WORLDS = Integer.getInteger("xfrmctl.worlds", 120);
    private static final int LEAST = 2000;

    @Test
    void itHappensAsExplained() {
        Map<String, Integer> seen = new TreeMap<>();
        List<String> contradictions = new ArrayList<>();
        int cases = 0;
        for (long seed = FIRST; seed < FIRST + WORLDS; seed++) {
            UserspaceSubject subject = new UserspaceSubject();
            try (XfrmClient client = new XfrmClient(subject.socket())) {
                ExplainProof proof =
                        new ExplainProof(subject, client, Optional.of(Instant.parse("2026-01-01T00:00:00Z")));
                proof.run(seed);
                contradictions.addAll(proof.contradictions());
                cases += proof.cases();
                proof.seen().forEach((name, count) -> seen.merge(name, count, Integer::sum));
            }
        }
        System.out.println(cases + " packets of " + WORLDS + " worlds: " + seen);
        assertThat(contradictions).isEmpty();
        assertThat(cases).isGreaterThanOrEqualTo(LEAST);
    }
}
