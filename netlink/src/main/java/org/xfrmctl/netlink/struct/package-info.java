/**
 * Turns C structs into records and back: a record's components, in order, are the struct's members, and every offset
 * follows from them by the C ABI. Read {@link org.xfrmctl.netlink.struct.StructCodec} first. Knows no message.
 */
@NullMarked
package org.xfrmctl.netlink.struct;

import org.jspecify.annotations.NullMarked;
