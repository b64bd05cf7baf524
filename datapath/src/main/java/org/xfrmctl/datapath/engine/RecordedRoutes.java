package org.xfrmctl.datapath.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xfrmctl.model.IpAddress;

/** What a routing table was asked and said, to ask it again whether that still holds. */
final class RecordedRoutes implements Routing {
    private final Routing routing;
    private final List<IpAddress> destinations = new ArrayList<>(2);
    private final List<Optional<Path>> paths = new ArrayList<>(2);
    private final List<Outer> outers = new ArrayList<>(1);
    private final List<Optional<Path>> outerPaths = new ArrayList<>(1);
    private final List<IpAddress> sources = new ArrayList<>(1);

    RecordedRoutes(Routing routing) {
        this.routing = routing;
    }

    @Override
    public Optional<Path> path(IpAddress destination) {
        Optional<Path> path = routing.path(destination);
        destinations.add(destination);
        paths.add(path);
        return path;
    }

    @Override
    public Optional<Path> path(Outer outer) {
        Optional<Path> path = routing.path(outer);
        outers.add(outer);
        outerPaths.add(path);
        return path;
    }

    /** Only what may be sent leads to anything that is remembered. */
    @Override
    public boolean sendsFrom(IpAddress source) {
        sources.add(source);
        return routing.sendsFrom(source);
    }

    /** Whether a routing table, which may be another, says the same now. */
    boolean holdIn(Routing present) {
        for (int i = 0; i < paths.size(); i++) {
            if (!present.path(destinations.get(i)).equals(paths.get(i))) {
                return false;
            }
        }
        for (int i = 0; i < outerPaths.size(); i++) {
            if (!present.path(outers.get(i)).equals(outerPaths.get(i))) {
                return false;
            }
        }
        for (int i = 0; i < sources.size(); i++) {
            if (!present.sendsFrom(sources.get(i))) {
                return false;
            }
        }
        return true;
    }
}
