package org.xfrmctl.model;

/** A security parameters index: 32 unsigned bits (RFC 4303, section 2.1). IPComp's CPI is carried in the low 16. */
public record Spi(int bits) {
    public static final Spi NONE = new Spi(0);

    @Override
    public String toString() {
        return String.format("0x%08x", bits);
    }
}
