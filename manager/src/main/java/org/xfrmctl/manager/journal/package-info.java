/**
 * What a run writes down before it changes a kernel, so that after a crash the next one knows what may be left over. It
 * holds names of objects, never their keys. Read {@link org.xfrmctl.manager.journal.FileJournal} first.
 */
@NullMarked
package org.xfrmctl.manager.journal;

import org.jspecify.annotations.NullMarked;
