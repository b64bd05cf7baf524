/**
 * What transforms take of every packet: the one place that computes the MTU which is left inside of states.
 *
 * <p>Pure arithmetic on {@link org.xfrmctl.model.XfrmState}s, as the kernel does it ({@code net/xfrm/xfrm_state.c,
 * xfrm_state_mtu()}, {@code net/xfrm/xfrm_policy.c, xfrm_init_pmtu()}). Which routes there are, and what their MTU is, others
 * know. Read {@link org.xfrmctl.model.mtu.MtuSum} first, and RFC 4303, section 2, for the parts of a packet.
 */
@NullMarked
package org.xfrmctl.model.mtu;

import org.jspecify.annotations.NullMarked;
