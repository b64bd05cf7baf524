/**
 * Where the rules of a definition are installed: {@link org.xfrmctl.cli.firewall.FirewallTables} is the seam, {@link
 * org.xfrmctl.cli.firewall.NftTables} the real kernel by way of {@code nft}, {@link org.xfrmctl.cli.firewall.HostTables} a
 * userspace host. What the rules are is decided in {@link org.xfrmctl.manager.firewall}.
 */
@NullMarked
package org.xfrmctl.cli.firewall;

import org.jspecify.annotations.NullMarked;
