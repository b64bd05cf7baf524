package org.xfrmctl.manager.migrate.ipxfrm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words by which {@code ip xfrm} would be told to add what it has printed. What it prints for people alone is left out:
 * counters, times, indexes. Not safe for use by two threads.
 */
final class DumpWords {
    /** A key of one byte, where none is shown: the words need one, and nobody takes it for a key. */
    private static final String NO_KEY = "0x00";

    private static final Pattern LIMIT =
            Pattern.compile("limit: soft (\\S+?)\\((bytes|packets)\\), hard (\\S+?)\\(\\w+\\)");
    private static final Pattern EXPIRE =
            Pattern.compile("expire (add|use): soft ([0-9]+)\\(sec\\), hard ([0-9]+)\\(sec\\)");
    private static final Pattern WINDOW = Pattern.compile("replay_window ([0-9]+),.*");

    private final List<String> words = new ArrayList<>();
    private boolean hidden;
    private boolean offloaded;

    /** The words of an object's lines, without those that say what it is. */
    DumpWords(List<String> lines) {
        for (String line : lines) {
            read(line.strip());
        }
    }

    List<String> words() {
        return words;
    }

    /** Whether a key was left out. */
    boolean hidesKeys() {
        return hidden;
    }

    /** Whether a device does its work. */
    boolean isOffloaded() {
        return offloaded;
    }

    private void read(String line) {
        String first = line.split("\\s+", -1)[0];
        offloaded |= first.equals("crypto");
        switch (first) {
            case "auth", "enc", "auth-trunc", "aead", "comp" -> algorithm(line);
            case "encap" -> encapsulation(List.of(line.split("\\s+")));
            case "replay_window" -> window(line);
            case "limit:" -> limit(line);
            case "expire" -> expire(line);
            case "src",
                    "proto",
                    "sel",
                    "tmpl",
                    "mark",
                    "output-mark",
                    "coa",
                    "if_id",
                    "tfcpad",
                    "dir",
                    "pcpu-num",
                    "level",
                    "replay-window",
                    "nat-keepalive-interval",
                    "mapping-timer" -> plain(line);
            default -> {
                // For people.
            }
        }
    }

    /** Words as they are, but for what -s adds to them. */
    private void plain(String line) {
        List<String> all = List.of(line.replaceAll("\\((0x)?[0-9a-f]+\\)", "")
                .replace("extra_flag", " extra_flag") // Nothing stands between it and the flag before it.
                .strip()
                .split("\\s+"));
        if (all.size() > 2 && all.get(0).equals("replay-window") && all.get(2).equals("replay")) {
            return; // A counter of that name.
        }
        for (int i = 0; i < all.size(); i++) {
            String word = all.get(i);
            boolean counted = all.get(0).equals("replay-window") && word.equals("seq");
            boolean inPolicy = all.get(0).equals("dir") && (word.equals("index") || word.equals("share"));
            boolean inTemplate = all.get(0).equals("level") && word.equals("share");
            if (counted || inPolicy || inTemplate || word.equals("uid")) {
                i++;
            } else if (word.equals("security")) {
                return; // The rest of a line about its context.
            } else if (word.equals("extra_flag")) {
                words.add("extra-flag");
            } else if (!isEmptyList(word, all, i)) {
                words.add(word);
            }
        }
    }

    private static boolean isEmptyList(String word, List<String> all, int at) {
        return word.equals("flag") && (at + 1 == all.size() || all.get(at + 1).equals("extra_flag"));
    }

    private void algorithm(String line) {
        boolean hides = line.contains("<<Keys hidden>>");
        hidden |= hides;
        List<String> all = new ArrayList<>(List.of(line.replace("<<Keys hidden>>", NO_KEY)
                .replaceAll("\\([0-9]+ bits\\)", "")
                .strip()
                .split("\\s+")));
        String kind = all.get(0);
        boolean withLength = kind.equals("auth-trunc") || kind.equals("aead");
        // The null cipher has no key, and nothing is printed in its place.
        if (all.size() == (withLength ? 3 : 2) && !kind.equals("comp")) {
            all.add(2, "");
        }
        words.addAll(kind.equals("comp") ? all.subList(0, Math.min(2, all.size())) : all);
    }

    private void encapsulation(List<String> all) {
        words.add("encap");
        for (String name : List.of("type", "sport", "dport", "addr")) {
            int at = all.indexOf(name);
            if (at >= 0 && at + 1 < all.size()) {
                words.add(all.get(at + 1));
            }
        }
    }

    /** A window of more than 32 packets stands here, and 0 in the line that the others have it in. */
    private void window(String line) {
        Matcher matcher = WINDOW.matcher(line);
        int at = words.indexOf("replay-window");
        if (matcher.matches() && at >= 0) {
            words.set(at + 1, matcher.group(1));
        }
    }

    private void limit(String line) {
        Matcher matcher = LIMIT.matcher(line);
        if (matcher.matches()) {
            String unit = matcher.group(2).equals("bytes") ? "byte" : "packet";
            amount(matcher.group(1)).ifPresent(value -> words.addAll(List.of("limit", unit + "-soft", value)));
            amount(matcher.group(3)).ifPresent(value -> words.addAll(List.of("limit", unit + "-hard", value)));
        }
    }

    private static Optional<String> amount(String text) {
        return Optional.of(text).filter(value -> !value.equals("(INF)"));
    }

    private void expire(String line) {
        Matcher matcher = EXPIRE.matcher(line);
        if (matcher.matches()) {
            String kind = matcher.group(1).equals("add") ? "time" : "time-use";
            words.addAll(List.of("limit", kind + "-soft", matcher.group(2)));
            words.addAll(List.of("limit", kind + "-hard", matcher.group(3)));
        }
    }
}
