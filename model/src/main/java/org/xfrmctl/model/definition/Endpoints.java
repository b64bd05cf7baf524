package org.xfrmctl.model.definition;

import org.xfrmctl.model.IpAddress;

/** The two gateways: outer addresses of a tunnel, the hosts themselves in transport mode. Of one family. */
public record Endpoints(IpAddress local, IpAddress remote) {}
