package org.xfrmctl.cli.completion;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;

/**
 * An option that can be completed.
 *
 * @param names with their dashes, the shortest first
 * @param brief the first sentence of its description
 * @param label what its value is called, such as FILE
 * @param value empty if it takes none
 * @param attached whether a value may be left out, and stands behind {@code =} if it is not
 * @param repeats whether it may be given several times
 */
record CompletedOption(
        List<String> names,
        String brief,
        String label,
        Optional<CompletedValue> value,
        boolean attached,
        boolean repeats) {
    static CompletedOption of(OptionSpec option) {
        Optional<CompletedValue> value = Optional.of(option)
                .filter(each -> each.arity().max() > 0)
                .map(each -> CompletedValue.of(each, CompletedValue.Kind.CHILDREN));
        return new CompletedOption(
                List.of(option.names()),
                brief(option, value),
                option.paramLabel(),
                value,
                value.isPresent() && option.arity().min() == 0,
                option.isMultiValue());
    }

    /** Without the words that will stand beside it. */
    private static String brief(OptionSpec option, Optional<CompletedValue> value) {
        String brief = Sentences.first(option.description());
        return value.isPresent() && value.get() instanceof CompletedValue.Words words
                ? brief.replace(": " + String.join(", ", words.words()), "")
                : brief;
    }
}
