package org.xfrmctl.datapath.engine;

import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.Template;

/**
 * Which state a template needs for a flow.
 *
 * @param source the address that the transform is to start from
 * @param destination the address that it is to lead to
 * @param mark the mark of the <em>policy</em>, value under mask: packets' marks do not choose outbound states
 */
public record StateQuery(
        Template template, IpAddress source, IpAddress destination, int mark, IfId ifId, FlowKey flow) {}
