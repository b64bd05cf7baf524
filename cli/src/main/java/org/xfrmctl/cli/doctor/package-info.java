/**
 * Collects what a host is examined by, from a kernel or from the files of a saved look; the rules are {@code manager.doctor}'s. Read
 * {@link org.xfrmctl.cli.doctor.NftRules} to see what is understood of a firewall.
 */
@NullMarked
package org.xfrmctl.cli.doctor;

import org.jspecify.annotations.NullMarked;
