/**
 * Netlink messages of any protocol: cutting datagrams into messages and messages into attributes, writing both, reading
 * acks and errors, and the conversation of requests and replies. Alignment and lengths are handled here and nowhere
 * else. Read {@link org.xfrmctl.netlink.message.Attributes} and {@link org.xfrmctl.netlink.message.MessageWriter} first;
 * RFC 3549 for the protocol.
 */
@NullMarked
package org.xfrmctl.netlink.message;

import org.jspecify.annotations.NullMarked;
