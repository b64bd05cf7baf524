package org.xfrmctl.manager.migrate.draft;

import java.util.List;

/**
 * An option of another program, and what becomes of it.
 *
 * @param becomes of one that is taken: what of the definition; of one that is told: why not
 * @param advice of one that is told: what to do instead
 * @param idle values by which one that is told asks for nothing, so that there is nothing to tell
 */
public record ForeignOption(String name, Fate fate, String becomes, String advice, List<String> idle) {
    public ForeignOption {
        idle = List.copyOf(idle);
    }

    public static ForeignOption taken(String name, String becomes) {
        return new ForeignOption(name, Fate.TAKEN, becomes, "", List.of());
    }

    public static ForeignOption ike(String name) {
        return new ForeignOption(name, Fate.ENDS_WITH_IKE, "", "", List.of());
    }

    /** Left out and told, unless its value is one of {@code idle}. */
    public static ForeignOption told(String name, String reason, String advice, String... idle) {
        return new ForeignOption(name, Fate.TOLD, reason, advice, List.of(idle));
    }
}
