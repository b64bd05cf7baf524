package org.xfrmctl.it.contract;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a run of the contract came to, and how it is handed over: a line for each fact, a word first.
 *
 * @param messages the names of the message types that passed
 */
record ContractRecord(Set<Need> offers, List<Outcome> outcomes, Set<String> messages) {
    /** {@code failure} is empty if the check passed. */
    record Outcome(String check, String failure) {}

    String text() {
        StringBuilder text = new StringBuilder();
        offers.forEach(need -> text.append("offers ").append(need).append('\n'));
        outcomes.forEach(outcome -> text.append("check ")
                .append(outcome.check)
                .append('\t')
                .append(outcome.failure.replace("\n", "\t"))
                .append('\n'));
        messages.forEach(name -> text.append("message ").append(name).append('\n'));
        return text.toString();
    }

    static ContractRecord parse(String text) {
        Set<Need> offers = EnumSet.noneOf(Need.class);
        List<Outcome> outcomes = new ArrayList<>();
        Set<String> messages = new TreeSet<>();
        text.lines().forEach(line -> {
            String rest = line.substring(line.indexOf(' ') + 1);
            if (line.startsWith("offers ")) {
                offers.add(Need.valueOf(rest));
            } else if (line.startsWith("message ")) {
                messages.add(rest);
            } else {
                int tab = rest.indexOf('\t');
                outcomes.add(new Outcome(
                        rest.substring(0, tab), rest.substring(tab + 1).replace("\t", "\n")));
            }
        });
        return new ContractRecord(offers, outcomes, messages);
    }
}
