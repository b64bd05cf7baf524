package org.xfrmctl.datapath.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** ALLOCSPI, by the rows of the fixture result-netlink-errno-sa.txt in their order. */
class AllocationTest {
    private static final int ALLOCSPI = 22;
    private static final int GETSA = 18;

    private final KernelUnderTest kernel = new KernelUnderTest();

    private static Crafted allocate(int protocol, int lowest, int highest) {
        return Crafted.state(ALLOCSPI, 0)
                .without(18)
                .cut(232)
                .u8(76, protocol)
                .u32(208, 0)
                .u32(224, lowest)
                .u32(228, highest);
    }

    private String answer(Crafted request) {
        List<byte[]> answers = kernel.ask(request.bytes());
        return Answer.of(answers.get(answers.size() - 1)).errno();
    }

    private List<String> table() {
        return kernel.dump(GETSA).stream()
                .map(message -> Integer.toHexString(ByteBuffer.wrap(message).getInt(16 + 72)))
                .toList();
    }

    @Test
    void answersAsTheKernel() {
        assertThat(answer(allocate(50, 0xc0000000, 0xcfffffff))).isEqualTo("OK");
        assertThat(answer(allocate(50, 0xc0000000, 0xcfffffff))).isEqualTo("OK");
        assertThat(answer(allocate(50, 0x777, 0x777))).isEqualTo("OK");
        assertThat(answer(allocate(50, 0x777, 0x777).address(56, "0a000003"))).isEqualTo("OK");
        assertThat(answer(allocate(50, 0x777, 0x777))).isEqualTo("ENOENT");
        assertThat(answer(allocate(50, 0x778, 0x777))).isEqualTo("EINVAL");
        assertThat(answer(allocate(108, 0x100, 0xefff))).isEqualTo("OK");
        assertThat(answer(allocate(108, 0x100, 0x10000))).isEqualTo("EINVAL");
        assertThat(answer(allocate(4, 0x100, 0x200))).isEqualTo("EINVAL");
        assertThat(answer(allocate(51, 0, 0))).isEqualTo("ENOENT");
        assertThat(answer(Crafted.state(Crafted.UPDSA, 0x777))).isEqualTo("OK");
        assertThat(answer(Crafted.state(Crafted.NEWSA, 0x777))).isEqualTo("EEXIST");
    }

    /** The larval state of a failed attempt stays, and the next one gives it its SPI where it stands. */
    @Test
    void aLarvalStateWithoutSpiKeepsItsPlace() {
        assertThat(answer(allocate(50, 0, 0))).isEqualTo("ENOENT");
        assertThat(answer(Crafted.state(Crafted.NEWSA, 0x100))).isEqualTo("OK");
        assertThat(table()).containsExactly("100", "0");
        kernel.clock().advance(29);
        assertThat(answer(allocate(50, 0x200, 0x200))).isEqualTo("OK");
        assertThat(table()).containsExactly("100", "200");
        kernel.clock().advance(1);
        assertThat(table()).containsExactly("100");
    }
}
