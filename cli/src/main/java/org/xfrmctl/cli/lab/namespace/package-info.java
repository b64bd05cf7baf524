/**
 * The lab on a real kernel: hosts are network namespaces, links are bridges, and what a user would type is what runs:
 * {@code ip}, {@code ping}, {@code tcpdump}.
 *
 * <p>Read {@link org.xfrmctl.cli.lab.namespace.NamespaceLaboratory} first. It needs CAP_NET_ADMIN and CAP_SYS_ADMIN, and
 * touches no interface that it did not make.
 */
@NullMarked
package org.xfrmctl.cli.lab.namespace;

import org.jspecify.annotations.NullMarked;
