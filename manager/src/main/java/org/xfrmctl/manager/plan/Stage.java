package org.xfrmctl.manager.plan;

/**
 * When a change is made: stages run in this order, and within one stage changes run as planned.
 *
 * <p>Why this order. A policy that is new starts as a block, so from the first change on its packets are stopped instead
 * of sent in clear. Inbound comes before outbound, because the peer may use what we accept but must never get what it
 * cannot read. An outbound state takes over from its predecessor at once ({@code xfrm_state_look_at()}: the newest wins),
 * so the old one is idle when its turn to go comes. Policies go before the states they lead to.
 */
public enum Stage {
    /** Policies that stop packets until the states behind them are there, or that stay because the child is down. */
    BLOCK,
    INBOUND_STATES,
    /** Both {@code in} and {@code fwd}. */
    INBOUND_POLICIES,
    OUTBOUND_STATES,
    OUTBOUND_POLICIES,
    /** Here and below: what is no longer wanted. */
    OLD_OUTBOUND_POLICIES,
    OLD_INBOUND_POLICIES,
    OLD_OUTBOUND_STATES,
    OLD_INBOUND_STATES,
    /**
     * Policies of children that go down and let their packets pass: blocks until the last state is gone. Answers are let
     * in before questions are let out.
     */
    UNBLOCK
}
