package org.xfrmctl.cli.explain;

import java.util.Optional;
import org.xfrmctl.datapath.engine.Routing;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;

/** A host's, but that all ways are of one MTU. */
record EvenSurroundings(Surroundings host, int mtu) implements Surroundings {
    @Override
    public boolean isLocal(IpAddress address) {
        return host.isLocal(address);
    }

    @Override
    public Routing routing(Traveller packet) {
        return new GivenRouting(mtu);
    }

    @Override
    public Optional<IfId> entrance(Traveller packet) {
        return host.entrance(packet);
    }

    @Override
    public int interfaceIndex(String name) {
        return host.interfaceIndex(name);
    }

    @Override
    public Optional<String> doubt() {
        return host.doubt();
    }

    @Override
    public void close() {
        host.close();
    }
}
