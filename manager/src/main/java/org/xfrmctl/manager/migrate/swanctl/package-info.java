/**
 * swanctl.conf into a draft: the file format of strongSwan's newer configuration, and what its options become.
 *
 * <p>{@link org.xfrmctl.manager.migrate.swanctl.SwanctlImport} is the way in, {@link
 * org.xfrmctl.manager.migrate.swanctl.SwanctlOptions} says what becomes of each option. The format is that of
 * strongswan.conf(5), the options those of swanctl.conf(5).
 */
@NullMarked
package org.xfrmctl.manager.migrate.swanctl;

import org.jspecify.annotations.NullMarked;
