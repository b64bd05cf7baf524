package org.xfrmctl.netlink.sys;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Every namespace has a loopback interface, and it is the first. */
class InterfaceNamesTest {
    @Test
    void namesAndIndicesAreFound() {
        assertThat(InterfaceNames.indexOf("lo")).isEqualTo(1);
        assertThat(InterfaceNames.find(1)).contains("lo");
    }

    @Test
    void othersAreNot() {
        assertThat(InterfaceNames.indexOf("no-such-interface")).isZero();
        assertThat(InterfaceNames.indexOf("")).isZero();
        assertThat(InterfaceNames.find(Integer.MAX_VALUE)).isEmpty();
    }
}
