package org.xfrmctl.datapath.explain;

import java.util.List;
import org.xfrmctl.datapath.engine.Mismatch;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmState;

/**
 * What a template of an outbound policy gets.
 *
 * @param source where the transform is to start
 * @param destination where it is to lead
 * @param others the states that might have been meant
 */
public record TemplateAnswer(
        Template template, IpAddress source, IpAddress destination, Answer answer, List<PassedOver> others) {
    public TemplateAnswer {
        others = List.copyOf(others);
    }

    /** A state that was not taken, and why. */
    public record PassedOver(XfrmState state, Mismatch mismatch) {}

    /** What the template gets. */
    public sealed interface Answer {
        record Taken(XfrmState state) implements Answer {}

        /** None, and it may be left out ({@code level use}). */
        record Skipped() implements Answer {}

        /** None: keying daemons are asked ({@code XFRM_MSG_ACQUIRE}), and the packet goes nowhere. */
        record Missing() implements Answer {}

        /** A larval one: somebody negotiates. */
        record Pending() implements Answer {}

        /** The SPI that it asks for is that of a state with other properties. */
        record SpiTaken() implements Answer {}
    }
}
