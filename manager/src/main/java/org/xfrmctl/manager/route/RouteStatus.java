package org.xfrmctl.manager.route;

/** A route that a child asks for, as it is to be, and whether it is so. */
public record RouteStatus(ChildRoute route, boolean isThere) {}
