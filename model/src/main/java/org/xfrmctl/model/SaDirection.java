package org.xfrmctl.model;

import java.util.Optional;

/** Which way a state is for ({@code XFRMA_SA_DIR}, since Linux 6.10); kernels then refuse its use the other way. */
public enum SaDirection {
    IN(1, "in"),
    OUT(2, "out");

    private final int number;
    private final String text;

    SaDirection(int number, String text) {
        this.number = number;
        this.text = text;
    }

    public int number() {
        return number;
    }

    public static Optional<SaDirection> of(int number) {
        return number == IN.number ? Optional.of(IN) : number == OUT.number ? Optional.of(OUT) : Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }
}
