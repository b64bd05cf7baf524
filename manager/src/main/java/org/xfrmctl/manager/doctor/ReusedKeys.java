package org.xfrmctl.manager.doctor;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.XfrmState;

/** One key in several states. Only where the kernel shows keys: to root, and unless it is locked down. */
final class ReusedKeys implements Rule {
    @Override
    public Set<String> names() {
        return Set.of("reused-key");
    }

    @Override
    public List<Finding> look(Facts facts) {
        // A key's own hash tells nothing of it, so that all of them would meet in one bucket.
        Map<ByteBuffer, List<XfrmState>> byKey = new LinkedHashMap<>();
        for (XfrmState state : facts.states()) {
            state.algorithms().stream()
                    .filter(algorithm -> !(algorithm instanceof Algorithm.Compression))
                    .map(Algorithm::key)
                    .filter(key -> key.length() != 0 && !key.isBlank())
                    .map(key -> ByteBuffer.wrap(key.toArray()))
                    .distinct()
                    .forEach(key -> byKey.computeIfAbsent(key, each -> new ArrayList<>())
                            .add(state));
        }
        return byKey.values().stream()
                .filter(states -> states.size() > 1)
                .map(ReusedKeys::finding)
                .toList();
    }

    private static Finding finding(List<XfrmState> states) {
        boolean counter =
                states.stream().flatMap(state -> state.algorithms().stream()).anyMatch(ReusedKeys::hasCounter);
        return new Finding(
                counter ? Severity.ERROR : Severity.WARNING,
                "reused-key",
                states.size() + " states have the same key",
                states.stream().map(IpCommands::line).toList(),
                counter
                        ? "With GCM, CCM, CTR and ChaCha20 a key and a nonce may meet once (RFC 4106, section 2; RFC 8221, section 3):"
                                + " two states count from the same beginning, and who sees both reads both and forges."
                        : "Who has broken or learnt one has all (RFC 8221, section 3).",
                List.of(
                        Finding.Fix.advice(
                                "A key of its own for each state and direction: \"xfrmctl keygen\" makes them, an IKE daemon by itself.")));
    }

    private static boolean hasCounter(Algorithm algorithm) {
        String name = algorithm.name();
        return name.contains("gcm") || name.contains("ccm") || name.contains("ctr(") || name.contains("rfc7539");
    }
}
