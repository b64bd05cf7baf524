package org.xfrmctl.datapath.engine;

import java.util.List;
import org.xfrmctl.model.Template;

/** Is told how lookups and checks come to their answers, for who explains them. Changes nothing. */
public interface DecisionWatch {
    /** Nobody asks why. */
    DecisionWatch NONE = new DecisionWatch() {};

    /** A template of an outbound policy was looked for. */
    default void asked(StateQuery query, Selection selection) {}

    /** A packet came through a state whose selector is not for it. */
    default void uncovered(SecurityAssociation association) {}

    /** A template of an inbound policy is met by none of the states that the packet came through, as far as they may be looked at. */
    default void unmet(Template template, List<SecurityAssociation> path) {}

    /** A packet came through a tunnel that no template asks for. */
    default void leftOver(SecurityAssociation tunnel) {}
}
