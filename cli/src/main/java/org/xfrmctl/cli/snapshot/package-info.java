/**
 * A host in files, so that one can ask for help: {@code xfrmctl snapshot DIR}. Each file is JSON in the shapes of
 * docs/JSON.md; keys are left out. {@link org.xfrmctl.cli.snapshot.SnapshotWriter} writes them, and what is read of them
 * again {@link org.xfrmctl.cli.snapshot.SavedHost} says. docs/EXPLAIN.md lists the files.
 */
@NullMarked
package org.xfrmctl.cli.snapshot;

import org.jspecify.annotations.NullMarked;
