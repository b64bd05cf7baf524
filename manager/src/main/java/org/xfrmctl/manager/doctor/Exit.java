package org.xfrmctl.manager.doctor;

import org.xfrmctl.model.IpPrefix;

/** A route of the host, as far as it matters here: by which link packets to a network leave. */
public record Exit(IpPrefix network, String link) {}
