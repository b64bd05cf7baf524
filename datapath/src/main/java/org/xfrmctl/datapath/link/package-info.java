/**
 * Links in memory: segments on which every attached port hears the packets for its addresses. There are no threads and
 * no clock but a {@link org.xfrmctl.datapath.link.Timetable}; {@link org.xfrmctl.datapath.link.Network} holds what is under way and delivers it in order when pumped, so
 * that the same steps always give the same packets. Start there.
 */
@NullMarked
package org.xfrmctl.datapath.link;

import org.jspecify.annotations.NullMarked;
