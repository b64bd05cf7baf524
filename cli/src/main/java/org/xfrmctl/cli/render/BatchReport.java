package org.xfrmctl.cli.render;

import java.util.List;
import java.util.Optional;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.NetlinkException;

/**
 * What became of a batch.
 *
 * @param file its name
 * @param changes how many it asks for
 * @param refused those that the kernel refused, in the file's order
 * @param allocated the states that hold the SPIs it asked for, in the file's order
 * @param stop why not all was sent, if so
 */
public record BatchReport(
        String file, int changes, List<Refused> refused, List<Allocated> allocated, Optional<Stop> stop) {
    public BatchReport {
        refused = List.copyOf(refused);
        allocated = List.copyOf(allocated);
    }

    /** The run ended after so many changes, at this line or one behind it. */
    public record Stop(int after, int line, NetlinkException reason) {}

    /** A change that was refused, and the line in which it begins. */
    public record Refused(int line, NetlinkException refusal) {}

    /** The larval state with the SPI that a line asked for. */
    public record Allocated(int line, XfrmState state) {}
}
