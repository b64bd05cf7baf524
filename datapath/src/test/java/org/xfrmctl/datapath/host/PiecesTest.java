package org.xfrmctl.datapath.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PiecesTest {
    @ParameterizedTest(name = "{0} bytes with {2} of headers through {1}")
    @CsvSource({
        // length, MTU of the bundle, headers, unit, count: what Linux 6.1 did with ESP in transport mode
        "1466, 1466, 16, 0, 1",
        "1500, 1466, 16, 1440, 2",
        "2868, 1466, 16, 1440, 2",
        "4328, 1466, 16, 1440, 3"
    })
    void theLastPieceMayBeFull(int length, int mtu, int headers, int unit, int count) {
        assertThat(Pieces.waiting(length, mtu, headers)).isEqualTo(new Pieces(unit, count));
    }

    @ParameterizedTest(name = "{1} bytes where {0} have room")
    @CsvSource({
        "7, 100, 0, 0",
        "1452, 1452, 1448, 1",
        "1452, 1453, 1448, 2",
        "1452, 2900, 1448, 2",
        "1452, 2901, 1448, 3"
    })
    void fragmentsFillTheRoom(int room, int data, int unit, int count) {
        assertThat(Pieces.within(room, data)).isEqualTo(new Pieces(unit, count));
    }
}
