package org.xfrmctl.model;

/** A netlink attribute that this program does not interpret; it is kept and written back. */
public record RawAttribute(int type, Bytes payload) {}
