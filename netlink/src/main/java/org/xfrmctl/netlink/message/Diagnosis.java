package org.xfrmctl.netlink.message;

import java.util.Optional;

/** What a protocol knows of a refused request, to tell people more than an errno. */
public interface Diagnosis {
    /** The name of the field at an offset from the request's header. */
    Optional<String> fieldAt(NetlinkMessage request, int offset);

    /** The name of an attribute type of the request's message type. */
    String attribute(NetlinkMessage request, int type);

    /** The usual cause and what to do about it. */
    Optional<String> hint(NetlinkMessage request, ErrorMessage error);
}
