package org.xfrmctl.model.definition;

import java.util.List;
import org.xfrmctl.model.Mode;

/**
 * Which packets a child protects: {@code local_ts}, {@code remote_ts} and {@code mode} (tunnel or transport). Every
 * local selector is paired with every remote one of the same family.
 */
public record Traffic(List<TrafficSelector> local, List<TrafficSelector> remote, Mode mode) {
    public Traffic {
        local = List.copyOf(local);
        remote = List.copyOf(remote);
    }
}
