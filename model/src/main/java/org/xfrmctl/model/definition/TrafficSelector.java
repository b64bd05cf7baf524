package org.xfrmctl.model.definition;

import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.PortMatch;

/** One end of a selector, written as in swanctl: {@code 10.1.0.0/16}, {@code 10.1.0.0/16[tcp/80]}, {@code dynamic}. */
public record TrafficSelector(IpPrefix prefix, IpProtocol proto, PortMatch port) {}
