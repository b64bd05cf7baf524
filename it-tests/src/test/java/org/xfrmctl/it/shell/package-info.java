/**
 * What the program writes for others to read, read by them: completion scripts by the shells, man pages by mandoc.
 *
 * <p>Read {@code CompletionIT} first.
 */
@NullMarked
package org.xfrmctl.it.shell;

import org.jspecify.annotations.NullMarked;
