/**
 * Looks for what is wrong with the IPsec of a host, whoever set it up: {@link org.xfrmctl.manager.doctor.Facts} go in, {@link
 * org.xfrmctl.manager.doctor.Finding}s come out. Nothing here asks a kernel, so that a saved look is as good as a live one.
 */
@NullMarked
package org.xfrmctl.manager.doctor;

import org.jspecify.annotations.NullMarked;
