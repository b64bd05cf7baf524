package org.xfrmctl.cli.completion;

/** Descriptions, cut short for a list of candidates. */
final class Sentences {
    private Sentences() {}

    /** The first sentence without its full stop; the text is a format as picocli takes it. */
    static String first(String... description) {
        if (description.length == 0) {
            return "";
        }
        String text = String.format(description[0]).lines().findFirst().orElse("");
        int end = text.indexOf(". ");
        String sentence = end < 0 ? text : text.substring(0, end);
        return sentence.endsWith(".") || sentence.endsWith(":")
                ? sentence.substring(0, sentence.length() - 1)
                : sentence;
    }
}
