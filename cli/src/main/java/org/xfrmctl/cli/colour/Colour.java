package org.xfrmctl.cli.colour;

/** What a colour says, the same in all commands. The numbers are of SGR (ECMA-48), so that a terminal's own palette holds. */
public enum Colour {
    /** It does not work, or something is thrown away. Red. */
    BAD(31),
    /** It may not be what is wanted. Yellow. */
    WARNING(33),
    /** It works. Green. */
    GOOD(32),
    /** It is said for completeness. Dim. */
    ASIDE(2),
    /** What the following lines are about, or what is to be copied. Bold. */
    HEADING(1);

    private final int number;

    Colour(int number) {
        this.number = number;
    }

    String on() {
        return "\033[" + number + "m";
    }

    static String off() {
        return "\033[0m";
    }
}
