package org.xfrmctl.cli.explain;

import org.xfrmctl.datapath.explain.Question;
import org.xfrmctl.datapath.wire.Flow;

/**
 * A packet, as rules and routes look at it.
 *
 * @param device the link that it came by if it is passed on, else the one that its socket is bound to; 0 if nobody says
 * @param passedOn whether it is somebody else's
 */
public record Traveller(Flow flow, int mark, int device, boolean passedOn) {
    public static Traveller of(Question question, boolean passedOn) {
        return new Traveller(question.flow(), question.mark(), question.device(), passedOn);
    }
}
