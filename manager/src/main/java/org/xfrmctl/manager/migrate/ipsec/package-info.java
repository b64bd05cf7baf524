/**
 * ipsec.conf into a draft: that of strongSwan's stroke and that of libreswan, which have a grammar and many options in common,
 * and differ in defaults.
 *
 * <p>{@link org.xfrmctl.manager.migrate.ipsec.IpsecImport} is the way in; {@link
 * org.xfrmctl.manager.migrate.ipsec.Dialect} tells the two apart, and {@link
 * org.xfrmctl.manager.migrate.ipsec.IpsecOptions} says what becomes of each option.
 */
@NullMarked
package org.xfrmctl.manager.migrate.ipsec;

import org.jspecify.annotations.NullMarked;
