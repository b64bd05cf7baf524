package org.xfrmctl.cli.lab;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.xfrmctl.model.XfrmCounter;
import org.xfrmctl.model.definition.ConfigException;
import org.xfrmctl.model.definition.Names;
import org.xfrmctl.model.definition.Node;
import org.xfrmctl.model.definition.Scalars;

/** Reads how counters are to rise during a step: {@code {carol: {XfrmInNoStates: 1}, moon: any}}. */
final class RiseReader {
    private RiseReader() {}

    /** By host. */
    static Map<String, Step.Rise> read(Node node, List<String> hosts) {
        Map<String, Step.Rise> rises = new HashMap<>();
        for (Node.Entry entry : StepReader.mapping(node)) {
            if (!hosts.contains(entry.key())) {
                throw new ConfigException(entry.keyPlace(), "unknown host; allowed are " + String.join(", ", hosts));
            }
            rises.put(entry.key(), rise(entry.value()));
        }
        return rises;
    }

    private static Step.Rise rise(Node node) {
        if (node instanceof Node.Scalar scalar && scalar.text().equals("any")) {
            return new Step.Rise.Any();
        }
        if (node instanceof Node.Scalar scalar && scalar.text().equals("whatever")) {
            return new Step.Rise.Whatever();
        }
        Map<XfrmCounter, Long> counters = new LinkedHashMap<>();
        for (Node.Entry entry : StepReader.mapping(node)) {
            counters.put(counter(entry), Scalars.number(entry.value(), 0, Integer.MAX_VALUE, "allowed is a number"));
        }
        return new Step.Rise.Exactly(counters);
    }

    private static XfrmCounter counter(Node.Entry entry) {
        Map<String, XfrmCounter> known =
                Arrays.stream(XfrmCounter.values()).collect(Collectors.toMap(XfrmCounter::toString, each -> each));
        XfrmCounter found = known.get(entry.key());
        if (found == null) {
            throw new ConfigException(
                    entry.keyPlace(),
                    "unknown counter"
                            + Names.nearest(entry.key(), known.keySet())
                                    .map(name -> "; did you mean \"" + name + "\"?")
                                    .orElse("; allowed are the names of /proc/net/xfrm_stat, or any"));
        }
        return found;
    }
}
