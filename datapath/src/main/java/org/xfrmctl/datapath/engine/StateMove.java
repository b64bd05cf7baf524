package org.xfrmctl.datapath.engine;

import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.Reqid;

/**
 * Which state and which templates a migration moves, and where to ({@code struct xfrm_migrate}).
 *
 * @param reqid {@link Reqid#NONE} is any
 */
public record StateMove(Ends from, Ends to, IpProtocol protocol, Mode mode, Reqid reqid) {

    /** Where packets come from and go to; both of one family. */
    public record Ends(IpAddress source, IpAddress destination) {
        public Ends {
            if (source.family() != destination.family()) {
                throw new IllegalArgumentException("ends mix " + source + " and " + destination);
            }
        }
    }

    boolean isOfAnyReqid() {
        return reqid.equals(Reqid.NONE);
    }
}
