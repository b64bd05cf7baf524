package org.xfrmctl.bench;

import java.time.Clock;
import java.util.Random;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.xfrmctl.datapath.engine.StateTable;
import org.xfrmctl.datapath.engine.XfrmNamespace;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.XfrmState;

/**
 * The state for a packet that arrives, another one each time, among 100,000 of which {@code used} have traffic; the peer
 * finds it among 10. With all of them in use, what costs is the processor's cache: no two packets want the same memory.
 */
public class StateLookupBenchmark extends Duel {
    private static final int FEW = 10;
    private static final int MANY = 100_000;
    private static final int FIRST_SPI = 0x1000;
    private static final int TWO_TO_THE_32_BY_PHI = 0x9e3779b1;
    /** Odd, so no two numbers become the same. */
    private static final int SPREAD = 0x85ebca6b;

    private static final IpAddress HERE = IpAddress.parse("192.168.0.1");

    @Param({"10", "100000"})
    public int used;

    /** As people number their states, or as a key exchange draws them. */
    @Param({"row", "random"})
    public String spis = "row";

    private StateTable few = table(0);
    private StateTable many = table(0);
    private int number;

    @Setup(Level.Trial)
    public void tables() {
        few = table(FEW);
        many = table(MANY);
    }

    private StateTable table(int count) {
        StateTable states = new XfrmNamespace(Clock.systemUTC(), new Random(1)).states();
        for (int i = 0; i < count; i++) {
            states.insert(XfrmState.builder(id(i), IpAddress.v4(0x0a000000 + i)).build());
        }
        return states;
    }

    private SaId id(int which) {
        int spi = spis.equals("row") ? FIRST_SPI + which : (which + 1) * SPREAD;
        return new SaId(HERE, new Spi(spi), IpProtocol.ESP);
    }

    @Override
    long ours() {
        return find(many, used);
    }

    @Override
    long peer() {
        return find(few, FEW);
    }

    private int find(StateTable table, int count) {
        number += TWO_TO_THE_32_BY_PHI;
        int which = (int) (((number & 0xffffffffL) * count) >>> 32);
        return table.find(id(which), 0).isPresent() ? 1 : 0;
    }
}
