package org.xfrmctl.model.mtu;

/** The bytes that one part takes. */
public record Share(Part part, int bytes) {}
