package org.xfrmctl.cli.explain;

import java.util.Optional;
import java.util.function.ToIntFunction;
import org.xfrmctl.datapath.engine.Routing;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;

/** Of a host of which only its interfaces are known, if these. */
record GivenSurroundings(int mtu, ToIntFunction<String> indexes) implements Surroundings {
    @Override
    public boolean isLocal(IpAddress address) {
        return true;
    }

    @Override
    public Routing routing(Traveller packet) {
        return new GivenRouting(mtu);
    }

    @Override
    public Optional<IfId> entrance(Traveller packet) {
        return Optional.empty();
    }

    @Override
    public int interfaceIndex(String name) {
        return indexes.applyAsInt(name);
    }
}
