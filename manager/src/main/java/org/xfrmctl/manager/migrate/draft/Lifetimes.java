package org.xfrmctl.manager.migrate.draft;

import java.util.Optional;
import java.util.function.Function;

/**
 * The limits of an SA by strongSwan's defaults: each soft one is 10% below its hard one, and time has one without being
 * asked. A hard one is written only where it was: nobody rekeys in its place if no watch runs.
 */
public final class Lifetimes {
    private static final String DEFAULT_TIME = "1h";

    private final Function<String, Optional<String>> values;
    private final Function<String, Origin> places;
    private final Draft.Entry child;

    /** {@code values} gives what {@code rekey_time} and the others are set to, if they are. */
    public Lifetimes(Function<String, Optional<String>> values, Function<String, Origin> places, Draft.Entry child) {
        this.values = values;
        this.places = places;
        this.child = child;
    }

    public void put() {
        for (String unit : new String[] {"time", "bytes", "packets"}) {
            Optional<String> hard = values.apply("life_" + unit).filter(text -> !text.equals("0"));
            Optional<String> soft = values.apply("rekey_" + unit);
            hard.ifPresent(text -> child.put("life_" + unit, text, places.apply("life_" + unit)));
            if (soft.isPresent()) {
                soft.filter(text -> !text.matches("0[smhd]?"))
                        .ifPresent(text -> child.put("rekey_" + unit, text, places.apply("rekey_" + unit)));
            } else if (hard.isPresent()) {
                lower(unit, hard.get());
            } else if (unit.equals("time")) {
                child.put("rekey_time", DEFAULT_TIME);
            }
        }
    }

    private void lower(String unit, String hard) {
        Amounts.parse(hard, unit.equals("time"))
                .ifPresent(amount ->
                        child.put("rekey_" + unit, Long.toString(amount - amount / 10), places.apply("life_" + unit)));
    }
}
