/**
 * Colours of what is printed for people. They are put on finished text, so that no column and no line break knows of them, and they
 * say nothing that the words do not say.
 *
 * <p>Read {@link org.xfrmctl.cli.colour.Painting} first.
 */
@NullMarked
package org.xfrmctl.cli.colour;

import org.jspecify.annotations.NullMarked;
