package org.xfrmctl.it.explain;

import java.util.List;

/**
 * A packet that comes through a state, and is held against policies of one XFRM interface.
 *
 * @param words of the command line
 * @param spi of the state through which it comes
 * @param counter of xfrm_stat that rises; empty if it is taken
 * @param from whose ping it is
 */
record ArrivalCase(String name, String words, String spi, String counter, String from) {
    static List<ArrivalCase> all() {
        return List.of(
                new ArrivalCase("by its interface", "--in --if-id 42 10.4.0.1 10.2.0.1", "0x00000242", "", "10.4.0.1"),
                new ArrivalCase(
                        "by another interface",
                        "--in --if-id 43 10.6.0.1 10.2.0.1",
                        "0x00000243",
                        "XfrmInNoPols",
                        "10.6.0.1"),
                new ArrivalCase("by none", "--in 10.7.0.1 10.2.0.1", "0x00000244", "XfrmInNoPols", "10.7.0.1"));
    }

    @Override
    public String toString() {
        return name;
    }
}
