/**
 * The control socket of a watch: one command of this program as a line of JSON, and lines of JSON with what it prints.
 * docs/CONTROL.md is the protocol. What commands there are and what they do is not known here. Read {@link
 * org.xfrmctl.cli.control.ControlDoor} first, unix(7) beside it.
 */
@NullMarked
package org.xfrmctl.cli.control;

import org.jspecify.annotations.NullMarked;
