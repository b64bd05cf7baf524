package org.xfrmctl.netlink.command;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** All words of the language: no key is one of them, so that they may be shown wherever they stand. */
final class Vocabulary {
    private static final Set<String> WORDS = union(List.of(
            // Objects of ip that a batch may have, though not here.
            List.of("ip", "xfrm", "monitor", "link", "address", "addr", "route", "rule", "neigh", "netns", "tunnel"),
            IpCommandParser.OBJECTS,
            IdWords.WORDS,
            IdWords.PROTOCOLS,
            SelectorWords.WORDS,
            AlgorithmWords.KINDS,
            List.of("limit", "mask", "dev", "packet", "crypto", "none", "min", "max"),
            LimitWords.KINDS,
            FlagWords.STATE,
            FlagWords.EXTRA,
            FlagWords.POLICY,
            ModeWord.NAMES,
            ReplayWords.WORDS,
            PlacementWords.WORDS,
            NatWords.WORDS,
            NatWords.TYPES,
            IptfsWords.WORDS,
            StateWords.OWN,
            StateMatchWords.KNOWN,
            TemplateWords.OWN,
            TemplateWords.LEVELS,
            PolicyWords.OWN,
            PolicyMatchWords.OWN,
            PolicyTableWords.DIRECTIONS,
            PolicyTableWords.TYPES,
            PolicyTableWords.ACTIONS));

    private Vocabulary() {}

    static boolean has(String word) {
        return WORDS.contains(word);
    }

    private static Set<String> union(List<List<String>> lists) {
        Set<String> words = new HashSet<>();
        lists.forEach(words::addAll);
        return Set.copyOf(words);
    }
}
