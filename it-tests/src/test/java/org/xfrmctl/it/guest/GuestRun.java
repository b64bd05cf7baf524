package org.xfrmctl.it.guest;

import java.time.Duration;

/**
 * A command that ran to its end in a guest.
 *
 * @param console kernel messages and the command's standard error
 * @param boot from power-on to the start of the command, on the guest's clock
 * @param took the whole run on this machine's clock
 */
public record GuestRun(int exitStatus, String stdout, String console, Duration boot, Duration took) {}
