/**
 * What a definition needs of a packet filter: which packets must pass, which TCP MSS is to be lowered, which outer headers get
 * DF. {@link org.xfrmctl.manager.firewall.FirewallCompiler} makes rules of a child, as values; {@link
 * org.xfrmctl.manager.firewall.NftText} prints them for {@code nft -f}. Nothing is installed here. RFC 9293, section 3.7.1;
 * RFC 4301, section 8.2.
 */
@NullMarked
package org.xfrmctl.manager.firewall;

import org.jspecify.annotations.NullMarked;
