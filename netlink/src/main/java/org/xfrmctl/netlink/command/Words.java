package org.xfrmctl.netlink.command;

import java.util.Collection;
import java.util.List;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.definition.Names;

/**
 * The words of one command, read from left to right, and what they have said so far of the family of later addresses.
 * Makes every message about a word, so that no key gets into one. Not safe for use by two threads.
 */
final class Words {
    /** An AES key of raw characters has 16; what is as long as that may be one, wherever it stands. */
    private static final int SHORTEST_KEY = 16;

    private final List<String> words;
    private int next;
    private boolean begun;
    private Family family = Family.UNSPEC;

    Words(List<String> words) {
        this.words = words;
    }

    boolean hasNext() {
        return next < words.size();
    }

    /** The next word, which stays the next. */
    String peek() {
        return words.get(next);
    }

    /** The next word, which then is the last one taken. */
    String take() {
        return words.get(next++);
    }

    /** The words so far begin a command. One that begins otherwise may be the rest of a line with a key. */
    void begin() {
        begun = true;
    }

    /** Takes the word that has to follow the last one. */
    String argument(String expected) {
        if (!hasNext()) {
            throw missing(expected);
        }
        return take();
    }

    /** Takes the next word if it is this one. */
    boolean takeIf(String word) {
        boolean there = hasNext() && peek().equals(word);
        if (there) {
            next++;
        }
        return there;
    }

    /** Gives the last word back: then it is the next one. */
    void giveBack() {
        next--;
    }

    /** Where the last word taken stands, counted from 0. */
    int last() {
        return next - 1;
    }

    /** The family that addresses have to have; {@link Family#UNSPEC} where any will do ({@code preferred_family}). */
    Family family() {
        return family;
    }

    void family(Family value) {
        family = value;
    }

    /** A number of 0 to {@code most}, unsigned, after the word of that name. */
    long number(String name, long most) {
        String text = argument(name + " needs a number of 0 to " + Long.toUnsignedString(most));
        try {
            long number = Numbers.parse(text);
            if (Long.compareUnsigned(number, most) <= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // The refusal below tells what is allowed; what is wrong with the word is to be seen.
        }
        throw refuse(name + " is a number of 0 to " + Long.toUnsignedString(most)
                + ", decimal, hex with 0x, or octal with a leading 0");
    }

    int u32(String name) {
        return (int) number(name, 0xffff_ffffL);
    }

    int u16(String name) {
        return (int) number(name, 0xffff);
    }

    /** The last word is wrong. */
    CommandException refuse(String allowed) {
        return refuseAt(last(), allowed);
    }

    CommandException refuseAt(int index, String allowed) {
        return at(index, "found " + describe(index) + "; " + allowed);
    }

    /** The last word is none of those that {@code what} may be. */
    CommandException unknown(String what, Collection<String> known) {
        String word = words.get(last());
        String allowed = what + (known.size() == 1 ? " is " : " is one of ") + String.join(", ", known);
        // What is as near to a word of the language as a typing error is no key: it may be shown.
        return Names.nearest(word, known)
                .map(name -> at(last(), "found \"" + word + "\"; did you mean \"" + name + "\"? " + allowed))
                .orElseGet(() -> refuse(allowed));
    }

    /** The last word was there before. */
    CommandException repeated() {
        return at(last(), "a second \"" + words.get(last()) + "\"; leave one of them out");
    }

    /** The command ends too early. */
    CommandException missing(String expected) {
        String after = words.isEmpty() ? "there is no word" : "the command ends after " + describe(words.size() - 1);
        return at(words.size(), after + "; " + expected);
    }

    /** A problem at a word, in one's own words. */
    CommandException at(int index, String problem) {
        return new CommandException(index + 1, problem);
    }

    /** A word in quotes, unless it may be a key or a part of one: then its length. */
    private String describe(int index) {
        String word = words.get(index);
        boolean shown = begun && !isNearKey(index) && (word.length() < SHORTEST_KEY || isAddress(word));
        return shown || Vocabulary.has(word)
                ? '"' + word + '"'
                : "a word of " + word.length() + (word.length() == 1 ? " character" : " characters");
    }

    private boolean isNearKey(int index) {
        for (int i = 0; i < index; i++) {
            if (index - i <= AlgorithmWords.reach(words.get(i))) {
                return true;
            }
        }
        return false;
    }

    /** Whether it looks like an address or prefix. A key with a colon between any two bytes has more of them. */
    private static boolean isAddress(String word) {
        int colons = 0;
        int dots = 0;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            colons += c == ':' ? 1 : 0;
            dots += c == '.' ? 1 : 0;
            if (Numbers.digit(c, 16) < 0 && c != ':' && c != '.' && c != '/') {
                return false;
            }
        }
        return word.length() <= 43 && ((colons >= 2 && colons <= 7) || dots == 3);
    }
}
