package org.xfrmctl.it.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Commands with one word lost, moved, put in, replaced, shortened or made longer: most are wrong, and some are not. */
final class SpoiledLines {
    /** {@code xfrm state} or {@code xfrm policy} stays, so that nothing but this is changed on the machine. */
    private static final int KEPT = 2;

    private final Random random;
    private final List<String> sound;
    private final List<String> vocabulary;

    SpoiledLines(long seed) {
        random = new Random(seed);
        RandomWords words = new RandomWords(random);
        sound = new ArrayList<>(new StateLines(words).lines(200));
        sound.addAll(new PolicyLines(words).lines(200));
        sound.addAll(RefusedLines.byTheKernel());
        vocabulary = sound.stream()
                .flatMap(line -> List.of(line.split(" +", -1)).stream())
                .toList();
    }

    List<String> lines(int count) {
        List<String> lines = new ArrayList<>();
        while (lines.size() < count) {
            List<String> words = new ArrayList<>(List.of(pick(sound).split(" +", -1)));
            spoil(words, KEPT + random.nextInt(words.size() - KEPT));
            lines.add(String.join(" ", words));
        }
        return lines;
    }

    private void spoil(List<String> words, int at) {
        String word = words.get(at);
        switch (random.nextInt(8)) {
            case 0 -> words.remove(at);
            case 1, 2 -> words.add(at, pick(vocabulary));
            case 3, 4 -> words.set(at, pick(vocabulary));
            case 5 -> {
                words.remove(at);
                words.add(KEPT + random.nextInt(words.size() - KEPT + 1), word);
            }
            case 6 -> words.set(at, word.substring(0, word.length() - 1));
            default -> words.set(at, word + "0");
        }
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }
}
