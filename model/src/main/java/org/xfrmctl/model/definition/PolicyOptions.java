package org.xfrmctl.model.definition;

import java.util.Optional;
import org.xfrmctl.model.Reqid;

/**
 * Options of a child's policies.
 *
 * @param level how strictly inbound packets are checked
 * @param priority unsigned 32 bits; absent means by strongSwan's formula
 * @param reqid absent means one derived from the child's name
 * @param onDown what {@code down} leaves behind
 * @param startAction what a watch does with a child that no command was given for
 * @param fwdOut {@code policies_fwd_out}: also an outbound forward policy
 * @param marks marks and interface ids
 */
public record PolicyOptions(
        LevelChoice level,
        Optional<Integer> priority,
        Optional<Reqid> reqid,
        OnDown onDown,
        StartAction startAction,
        boolean fwdOut,
        Marks marks) {

    /** {@code level}: AUTO gives {@code use} to the inbound IPComp template only, the narrowest that works. */
    public enum LevelChoice {
        AUTO,
        REQUIRED,
        USE
    }

    /** {@code on_down}: BLOCK leaves block policies in place of the child's, PASS removes them. */
    public enum OnDown {
        BLOCK,
        PASS
    }

    /** {@code start_action}: TRAP installs policies alone, and the first packet that they stop brings the child up. */
    public enum StartAction {
        NONE,
        TRAP,
        START
    }
}
