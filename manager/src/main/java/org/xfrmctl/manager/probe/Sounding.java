package org.xfrmctl.manager.probe;

import org.xfrmctl.model.echo.Heard;

/**
 * A size that was tried.
 *
 * @param size of the whole packet
 * @param heard what came of it at last
 * @param tries how often it was sent
 */
public record Sounding(int size, Heard heard, int tries) {}
