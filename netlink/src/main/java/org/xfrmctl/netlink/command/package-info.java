/**
 * The language of {@code ip xfrm}: from words to what they ask for. It is that of iproute2 7.1 with its abbreviations, its
 * numbers, its defaults and its refusals; integration tests hold the two against each other on a real kernel.
 *
 * <p>{@link org.xfrmctl.netlink.command.IpCommandParser} makes an {@link org.xfrmctl.netlink.command.IpCommand} of words,
 * {@link org.xfrmctl.netlink.command.BatchFile} makes changes of a file; read these first. Behind them each class reads the
 * words that belong together ({@code IdWords}, {@code SelectorWords}, {@code LimitWords} …). What only the host knows
 * comes in as {@link org.xfrmctl.netlink.command.HostNames}. Nothing here speaks to a kernel.
 *
 * <p>Words of ours, beside those of iproute2:
 *
 * <ul>
 *   <li>{@code state list} and {@code deleteall}: {@code if_id N}, {@code mark V[/M]}, {@code dir in|out}
 *   <li>{@code policy list} and {@code deleteall}: {@code if_id N}, {@code mark V[/M]}
 *   <li>{@code state add} and {@code update}: {@code mode iptfs} with {@code iptfs-drop-time N}, {@code
 *       iptfs-reorder-window N}, {@code iptfs-dont-frag}, {@code iptfs-init-delay N}, {@code iptfs-max-queue-size N},
 *       {@code iptfs-pkt-size N}; {@code nat-keepalive-interval N}; {@code mapping-timer N}
 *   <li>{@code policy add} and {@code update}: {@code flag cpu-acquire}
 *   <li>a mark is also {@code V/M}, as it is printed; a key is also {@code @FILE}, with hex digits in the file
 * </ul>
 *
 * <p>A key never gets into a message. What may be one, or a piece of one, is told by its length: whatever is long, and
 * whatever stands near the name of an algorithm or begins a line without being a word of the language.
 */
@NullMarked
package org.xfrmctl.netlink.command;

import org.jspecify.annotations.NullMarked;
