package org.xfrmctl.model;

/** A compression parameter index of IPComp: 16 bits, of which 256 to 61439 may be chosen freely (RFC 3173, 3.3). */
public record Cpi(int number) {
    public static final int LOWEST = 0x100;
    public static final int HIGHEST = 0xefff;

    public Cpi {
        if (number < 0 || number > 0xffff) {
            throw new IllegalArgumentException("CPI " + number + " is not in 0..65535");
        }
    }

    /** The SPI under which the kernel keeps the IPComp state: the CPI, zero-extended. */
    public Spi toSpi() {
        return new Spi(number);
    }

    @Override
    public String toString() {
        return String.format("0x%04x", number);
    }
}
