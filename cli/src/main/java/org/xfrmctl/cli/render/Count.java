package org.xfrmctl.cli.render;

/** A number with its noun in the right form. */
public final class Count {
    private Count() {}

    public static String of(long number, String one) {
        return of(number, one, one + "s");
    }

    public static String of(long number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }
}
