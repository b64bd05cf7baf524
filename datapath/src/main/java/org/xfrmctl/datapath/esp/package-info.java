/**
 * ESP packets (RFC 4303): header, padding and trailer around what {@code org.xfrmctl.datapath.crypto} encrypts. Not for
 * replay windows, IP headers or UDP encapsulation. All of it is {@link org.xfrmctl.datapath.esp.EspTransform}.
 */
@NullMarked
package org.xfrmctl.datapath.esp;

import org.jspecify.annotations.NullMarked;
