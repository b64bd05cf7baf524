package org.xfrmctl.manager.migrate.draft;

import org.xfrmctl.model.definition.Place;

/**
 * Where something of a draft comes from.
 *
 * @param name what it is called there, for example {@code home.children.net.mode}
 */
public record Origin(Place place, String name) {
    private static final int LONGEST = 120;

    /** A name is shown, and comes from a file that may not be what it was taken for. */
    public Origin {
        String plain = name.replaceAll("(0x)?[0-9a-fA-F]{24,}", "…").replaceAll("[^\\p{Graph}\\p{L} …]", "?");
        name = plain.length() > LONGEST ? plain.substring(0, LONGEST) + "…" : plain;
    }

    /** Something that belongs to this, in the same place. */
    public Origin below(String key) {
        return new Origin(place, name.isEmpty() ? key : name + "." + key);
    }
}
