/**
 * TCP as far as a lab needs it to carry a file (RFC 9293): opening from either side, retransmission (RFC 6298), slow
 * start, congestion avoidance, fast retransmit and recovery (RFC 5681, 6582), the peer's window, segments out of order,
 * path MTU discovery by ICMP (RFC 1191, 8201), closing from either side. Every segment is acknowledged at once.
 *
 * <p>Not here: urgent data, selective acknowledgments, timestamps, window scaling (so no more than 65,535 bytes are under
 * way), ECN, keepalive, path MTU discovery without ICMP. There are no threads and no clock: a segment, an alarm of the
 * {@link org.xfrmctl.datapath.link.Timetable} and the application move a connection. Start at
 * {@link org.xfrmctl.datapath.host.tcp.Tcp}, then {@link org.xfrmctl.datapath.host.tcp.TcpConnection}.
 */
@NullMarked
package org.xfrmctl.datapath.host.tcp;

import org.jspecify.annotations.NullMarked;
