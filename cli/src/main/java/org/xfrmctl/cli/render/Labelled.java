package org.xfrmctl.cli.render;

/** Lines of a label and a text, for a terminal of 80 columns: what is too long goes on below itself. */
final class Labelled {
    private static final int WIDTH = 80;
    private static final int LABEL = 10;

    private final StringBuilder text = new StringBuilder();

    /** An empty label continues what stands above. */
    Labelled line(String label, String words) {
        return line(label, LABEL, words);
    }

    /** A text that stands further to the right, below what it is about. */
    Labelled under(String words) {
        return line("", LABEL + 2, words);
    }

    private Labelled line(String label, int indent, String words) {
        String begin = label + " ".repeat(Math.max(0, indent - label.length()));
        String rest = words;
        while (rest.length() > WIDTH - indent && rest.lastIndexOf(' ', WIDTH - indent) > 0) {
            int end = rest.lastIndexOf(' ', WIDTH - indent);
            text.append((begin + rest.substring(0, end)).stripTrailing()).append('\n');
            rest = rest.substring(end + 1);
            begin = " ".repeat(indent);
        }
        text.append((begin + rest).stripTrailing()).append('\n');
        return this;
    }

    String print() {
        return text.toString();
    }
}
