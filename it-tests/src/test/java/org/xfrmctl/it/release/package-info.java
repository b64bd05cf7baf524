/**
 * What a release is held to: the version stands in one place, the jar has what its SBOM says and nothing else, each library in
 * it was reviewed for known flaws, and the modules are of use to others alone. Read {@link org.xfrmctl.it.release.Sbom} first,
 * and docs/RELEASING.md.
 */
@NullMarked
package org.xfrmctl.it.release;

import org.jspecify.annotations.NullMarked;
