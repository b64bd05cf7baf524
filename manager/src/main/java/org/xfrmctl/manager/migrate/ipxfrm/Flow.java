package org.xfrmctl.manager.migrate.ipxfrm;

import java.util.ArrayList;
import java.util.List;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.Reqid;

/** Policies of all directions that are one child's: those that ask for the same states. */
final class Flow {
    private final Key key;
    private final List<Found.Policy> out = new ArrayList<>();
    private final List<Found.Policy> in = new ArrayList<>();
    private final List<Found.Policy> forward = new ArrayList<>();
    private final List<Found.Policy> forwardOut = new ArrayList<>();

    /**
     * What the states of a child have in common.
     *
     * @param reqid of the ESP template
     * @param mode of the innermost template, which is the child's
     */
    record Key(Reqid reqid, IpAddress local, IpAddress remote, Mode mode, boolean compressed) {}

    Flow(Key key) {
        this.key = key;
    }

    Key key() {
        return key;
    }

    List<Found.Policy> out() {
        return out;
    }

    List<Found.Policy> in() {
        return in;
    }

    List<Found.Policy> forward() {
        return forward;
    }

    /** Forward policies that let through what is on its way to an outbound one. */
    List<Found.Policy> forwardOut() {
        return forwardOut;
    }

    List<Found.Policy> all() {
        List<Found.Policy> all = new ArrayList<>(out);
        all.addAll(in);
        all.addAll(forward);
        all.addAll(forwardOut);
        return all;
    }
}
