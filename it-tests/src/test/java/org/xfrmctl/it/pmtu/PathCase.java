package org.xfrmctl.it.pmtu;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One way from A to D.
 *
 * @param copiesDf whether the outer header takes DF from the inner one, else it is clear
 * @param mtu of the hop between the gateways, in bytes
 * @param sender whether A is a host behind the gateway B, or B itself
 */
record PathCase(Errors errors, boolean copiesDf, Families families, int mtu, Sender sender) {
    /** What becomes of ICMP errors. */
    enum Errors {
        PASS,
        /** Between A and B. */
        STOPPED_IN_CLEAR,
        /** Those of the router between the gateways. */
        STOPPED_BETWEEN_GATEWAYS;

        @Override
        public String toString() {
            return switch (this) {
                case PASS -> "pass";
                case STOPPED_IN_CLEAR -> "stopped between A and B";
                case STOPPED_BETWEEN_GATEWAYS -> "stopped between B and C";
            };
        }
    }

    /** Inner and outer header. */
    enum Families {
        IPV4(false, false, "IPv4"),
        IPV6(true, true, "IPv6"),
        FOUR_IN_SIX(false, true, "4in6"),
        SIX_IN_FOUR(true, false, "6in4");

        private final boolean innerSix;
        private final boolean outerSix;
        private final String text;

        Families(boolean innerSix, boolean outerSix, String text) {
            this.innerSix = innerSix;
            this.outerSix = outerSix;
            this.text = text;
        }

        boolean innerSix() {
            return innerSix;
        }

        boolean outerSix() {
            return outerSix;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    enum Sender {
        HOST,
        GATEWAY;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Of the hop. */
    static final List<Integer> MTUS = List.of(1500, 1400, 1280);

    static final List<PathCase> ALL = all();

    private static List<PathCase> all() {
        List<PathCase> all = new ArrayList<>();
        for (Families families : Families.values()) {
            for (int mtu : MTUS) {
                for (Errors errors : Errors.values()) {
                    for (boolean copiesDf : new boolean[] {true, false}) {
                        all.add(new PathCase(errors, copiesDf, families, mtu, Sender.HOST));
                        // A gateway that sends has nobody between itself and the tunnel.
                        if (errors != Errors.STOPPED_IN_CLEAR) {
                            all.add(new PathCase(errors, copiesDf, families, mtu, Sender.GATEWAY));
                        }
                    }
                }
            }
        }
        return List.copyOf(all);
    }

    /** The same way over another hop. */
    PathCase over(int hop) {
        return new PathCase(errors, copiesDf, families, hop, sender);
    }

    String df() {
        return copiesDf ? "copied" : "clear";
    }

    @Override
    public String toString() {
        return families + ", hop of " + mtu + ", ICMP errors " + errors + ", DF " + df() + ", from the " + sender;
    }
}
