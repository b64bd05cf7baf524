package org.xfrmctl.model;

import java.util.List;
import java.util.Optional;

/** Where a policy is asked ({@code XFRM_POLICY_*}); socket policies show up in dumps behind the three others. */
public enum Direction {
    IN("in"),
    OUT("out"),
    FWD("fwd"),
    SOCKET_IN("socket in"),
    SOCKET_OUT("socket out"),
    SOCKET_FWD("socket fwd");

    /** {@code values()} makes a new array each time, and every policy that is read asks. */
    private static final List<Direction> ALL = List.of(values());

    private final String text;

    Direction(String text) {
        this.text = text;
    }

    public int number() {
        return ordinal();
    }

    public boolean isSocket() {
        return this == SOCKET_IN || this == SOCKET_OUT || this == SOCKET_FWD;
    }

    public static Optional<Direction> of(int number) {
        return number >= 0 && number < ALL.size() ? Optional.of(ALL.get(number)) : Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }
}
