/**
 * From what other programs say of IPsec to a definition, and to a list of what it does not say: strongSwan's swanctl.conf and
 * ipsec.conf, libreswan's ipsec.conf, and what {@code ip xfrm} prints or is told.
 *
 * <p>{@link org.xfrmctl.manager.migrate.Importer} is the way in. Each format has a package of its own below; what they have in
 * common is in {@code draft}. docs/MIGRATION.md has the tables of options. Only {@link
 * org.xfrmctl.manager.migrate.FilesHere} reads files.
 */
@NullMarked
package org.xfrmctl.manager.migrate;

import org.jspecify.annotations.NullMarked;
