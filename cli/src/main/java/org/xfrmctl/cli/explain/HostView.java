package org.xfrmctl.cli.explain;

import java.util.function.ToIntFunction;
import org.xfrmctl.datapath.explain.Explainer;
import org.xfrmctl.datapath.explain.Tables;

/**
 * What is known of a host. Closing it ends what its kernel was asked by.
 *
 * @param ways where its ways come from, for people
 */
public record HostView(Tables tables, Surroundings surroundings, String ways) implements AutoCloseable {
    /** One whose ways all are of this MTU; all addresses may be its own. */
    public static HostView withoutRoutes(Tables tables, int mtu, String told, ToIntFunction<String> indexes) {
        return new HostView(tables, new GivenSurroundings(mtu, indexes), told);
    }

    /** The same tables, addresses and interfaces with a way of this MTU to everywhere. */
    public HostView withWays(int mtu, String told) {
        return new HostView(tables, new EvenSurroundings(surroundings, mtu), told);
    }

    /** Who explains what becomes of one packet. */
    public Explainer explainer(Traveller packet) {
        return new Explainer(tables, surroundings.routing(packet), surroundings::isLocal);
    }

    @Override
    public void close() {
        surroundings.close();
    }
}
