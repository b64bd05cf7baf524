package org.xfrmctl.netlink.probe;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a kernel can do. */
public record Capabilities(Map<Feature, Support> features, List<AlgorithmSupport> algorithms) {
    /** Whether an algorithm can be used, under the name that requests give it. */
    public record AlgorithmSupport(Kind kind, String name, Support support) {}

    /** What an algorithm is for. */
    public enum Kind {
        AEAD("aead"),
        ENCRYPTION("enc"),
        AUTHENTICATION("auth"),
        COMPRESSION("comp");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** The word of {@code ip xfrm}. */
        @Override
        public String toString() {
            return text;
        }
    }

    public Capabilities {
        features = Collections.unmodifiableMap(new EnumMap<>(features));
        algorithms = List.copyOf(algorithms);
    }

    public boolean has(Feature feature) {
        return features.get(feature) == Support.YES;
    }
}
