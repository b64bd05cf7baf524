package org.xfrmctl.netlink.sys;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfrmctl.netlink.Errno;

/** Which errors end a device. */
class PacketChannelTest {
    @ParameterizedTest
    @EnumSource(
            value = Errno.class,
            names = {"EBADF", "EBADFD", "ENODEV", "ENXIO"})
    void goneIsGone(Errno errno) {
        assertThat(PacketChannel.isGone(errno.number())).isTrue();
    }

    /** What {@code icmp_err_convert} and {@code icmpv6_err_convert} make of errors that anybody can send: by number. */
    @ParameterizedTest
    @ValueSource(ints = {13, 64, 71, 90, 92, 95, 101, 111, 112, 113})
    void whatIcmpSaysEndsNothing(int errno) {
        assertThat(PacketChannel.isGone(errno)).isFalse();
    }

    @Test
    void nothingElseThatALossMeansEndsIt() {
        assertThat(PacketChannel.isGone(Errno.ENOMEM.number())).isFalse();
        assertThat(PacketChannel.isGone(Errno.ENOBUFS.number())).isFalse();
        assertThat(PacketChannel.isGone(Errno.ENETDOWN.number())).isFalse();
    }
}
