package org.xfrmctl.model;

/**
 * Whether a packet must have gone through a template's transform (the kernel's {@code optional}, 0 to 255). {@link #USE}
 * on an inbound IPComp template lets packets pass that were too small to be compressed. Kernels take every number but 0
 * for {@link #USE} and show it as it was given.
 */
public record Level(int number) {
    public static final Level REQUIRED = new Level(0);
    public static final Level USE = new Level(1);

    public Level {
        if (number < 0 || number > 255) {
            throw new IllegalArgumentException("level " + number + " is not in 0..255");
        }
    }

    public boolean isOptional() {
        return number != 0;
    }

    /** {@code required}, {@code use}, or the number. */
    @Override
    public String toString() {
        return number == 0 ? "required" : number == 1 ? "use" : Integer.toString(number);
    }
}
