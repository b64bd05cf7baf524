/**
 * What an operator wants: connections, their children and where their secrets lie.
 *
 * <p>{@link org.xfrmctl.model.definition.DefinitionReader} turns YAML or JSON into a
 * {@link org.xfrmctl.model.definition.Definition}; every error names file, line, column and field. Option names are
 * those of swanctl.conf where the meaning is the same. Read {@link org.xfrmctl.model.definition.Child} first.
 */
@NullMarked
package org.xfrmctl.model.definition;

import org.jspecify.annotations.NullMarked;
