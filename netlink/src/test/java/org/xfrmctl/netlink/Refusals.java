package org.xfrmctl.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What a kernel refuses, and what a person then reads. */
public final class Refusals {
    private Refusals() {}

    /** Runs what must be refused so: {@code description} says what was asked, and {@code hint} is in the advice. */
    public static NetlinkException refused(Runnable request, Errno errno, String description, String hint) {
        NetlinkException refusal = catchThrowableOfType(NetlinkException.class, request::run);
        assertThat(refusal).as(description).isNotNull();
        assertThat(refusal).hasMessageStartingWith(description + ": " + errno + " (");
        assertThat(String.join("\n", refusal.advice())).contains(hint);
        return refusal;
    }
}
