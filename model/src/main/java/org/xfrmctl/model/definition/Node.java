package org.xfrmctl.model.definition;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A value of a YAML or JSON file that knows where it stands. Scalars keep the text of the file, so that {@code 0x1001}
 * or {@code yes} mean what the reader of the field decides and not what YAML 1.1 makes of them.
 */
public sealed interface Node {
    Place place();

    /** What was found, for an error message: one line, cut short. */
    String describe();

    /** A string, number, boolean or nothing at all ({@code text} is empty and {@code absent} true). */
    record Scalar(String text, boolean absent, Place place) implements Node {
        private static final int SHOWN = 60;
        private static final Pattern KEY = Pattern.compile("(0[xX])?[0-9a-fA-F]{24,}");

        @Override
        public String describe() {
            return absent ? "no value" : quote(text);
        }

        /** Whether it may be a key that was pasted into the wrong place. */
        static boolean looksLikeKey(String text) {
            return text.length() >= 24 && KEY.matcher(text).matches();
        }

        /** Whether a character can stand in a message without breaking its line or its order. */
        static boolean isPlain(int point) {
            return switch (Character.getType(point)) {
                case Character.CONTROL,
                        Character.FORMAT,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR,
                        Character.SURROGATE -> false;
                default -> true;
            };
        }

        /** The text in quotation marks on one line, whatever it holds; but no long row of hex digits. */
        static String quote(String text) {
            if (looksLikeKey(text)) {
                return "(" + text.length() + " hex digits, not shown)";
            }
            StringBuilder line = new StringBuilder("\"");
            text.codePoints().limit(SHOWN).forEach(point -> {
                if (!isPlain(point) || point == '"') {
                    line.append(String.format("\\u%04x", point));
                } else {
                    line.appendCodePoint(point);
                }
            });
            return line.append(text.codePointCount(0, text.length()) > SHOWN ? "…\"" : "\"")
                    .toString();
        }
    }

    /** A list. */
    record Sequence(List<Node> items, Place place) implements Node {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String describe() {
            return items.isEmpty() ? "an empty list" : "a list of " + items.size();
        }
    }

    /** Keys with values, in the order of the file. Keys are unique: a repeated one was reported and left out. */
    record Mapping(List<Entry> entries, Place place) implements Node {
        public Mapping {
            entries = List.copyOf(entries);
        }

        @Override
        public String describe() {
            return "a mapping";
        }
    }

    /** One {@code key: value} of a mapping. */
    record Entry(String key, Place keyPlace, Node value) {}
}
