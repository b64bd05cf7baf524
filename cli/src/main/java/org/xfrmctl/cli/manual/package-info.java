/**
 * The man pages, written from what the commands say of themselves and from the JSON Schema of definitions.
 *
 * <p>Read {@link org.xfrmctl.cli.manual.Manual} first.
 */
@NullMarked
package org.xfrmctl.cli.manual;

import org.jspecify.annotations.NullMarked;
