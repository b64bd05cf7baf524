/**
 * A definition on its way from another program's words: connections, children and options as text, each with the place that
 * it came from, and the list of what could not be taken over.
 *
 * <p>{@link org.xfrmctl.manager.migrate.draft.Draft} collects, {@link org.xfrmctl.manager.migrate.draft.DraftReading} has
 * the reader of definitions read it and takes out what that refuses, so that what is left is always a definition. Nothing
 * here knows a format, and nothing reads a file.
 */
@NullMarked
package org.xfrmctl.manager.migrate.draft;

import org.jspecify.annotations.NullMarked;
