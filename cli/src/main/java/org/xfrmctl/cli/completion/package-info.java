/**
 * Scripts for the Tab key, written from what the commands say of themselves. A script asks the program only for names of a
 * definition, and keeps the answer until the file changes: a virtual machine is slow to start.
 *
 * <p>Read {@link org.xfrmctl.cli.completion.CompletedCommand} first.
 */
@NullMarked
package org.xfrmctl.cli.completion;

import org.jspecify.annotations.NullMarked;
