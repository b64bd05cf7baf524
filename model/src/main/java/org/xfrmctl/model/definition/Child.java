package org.xfrmctl.model.definition;

/**
 * One protected flow between two gateways, in swanctl's sense: selectors, transforms, options and where its SAs come from.
 *
 * @param endpoints the gateways of the connection, repeated here so that a child can be compiled by itself
 */
public record Child(
        ChildName name,
        Place place,
        Endpoints endpoints,
        Traffic traffic,
        Transform transform,
        HeaderOptions headers,
        SizeOptions sizes,
        PolicyOptions policy,
        Lifetime lifetime,
        Sas sas) {}
