package org.xfrmctl.cli.firewall;

import java.util.List;
import java.util.Set;
import org.xfrmctl.manager.firewall.ChildFirewall;
import org.xfrmctl.model.definition.ChildName;

/**
 * What became of one child's rules where some were installed.
 *
 * @param missing what has to pass as well and has no rule
 */
public record Installation(ChildName child, Outcome outcome, List<String> missing) {
    public Installation {
        missing = List.copyOf(missing);
    }

    /** Of a child that has rules, and of one that needs none. */
    public enum Outcome {
        INSTALLED("installed"),
        /** It had some, and needs none any more. */
        REMOVED("removed"),
        /** It had none, or they were not to be touched. */
        UNNEEDED("needs no rule");

        private final String words;

        Outcome(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /**
     * Installs them at once.
     *
     * @param emptied those whose rules are removed if none are needed now; others of that kind keep what they have
     */
    public static List<Installation> of(List<ChildFirewall> children, Set<ChildName> emptied, FirewallTables tables) {
        List<ChildFirewall> meant = children.stream()
                .filter(child -> !child.rules().isEmpty() || emptied.contains(child.child()))
                .toList();
        Set<ChildName> before =
                meant.stream().allMatch(child -> !child.rules().isEmpty()) ? Set.of() : Set.copyOf(tables.names());
        if (!meant.isEmpty()) {
            tables.install(meant);
        }
        return children.stream()
                .map(child -> new Installation(child.child(), outcome(child, emptied, before), child.missing()))
                .toList();
    }

    private static Outcome outcome(ChildFirewall child, Set<ChildName> emptied, Set<ChildName> before) {
        if (!child.rules().isEmpty()) {
            return Outcome.INSTALLED;
        }
        return emptied.contains(child.child()) && before.contains(child.child()) ? Outcome.REMOVED : Outcome.UNNEEDED;
    }
}
