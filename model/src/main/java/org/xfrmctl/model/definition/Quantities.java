package org.xfrmctl.model.definition;

import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import org.xfrmctl.model.LifetimeLimits;
import org.xfrmctl.model.LifetimeLimits.Limit;

/** Reads times and volumes with swanctl's suffixes, and pairs them to soft and hard limits. */
final class Quantities {
    private static final Map<String, Long> TIMES = Map.of("", 1L, "s", 1L, "m", 60L, "h", 3600L, "d", 86400L);
    private static final Map<String, Long> VOLUMES =
            Map.of("", 1L, "k", 1L << 10, "K", 1L << 10, "M", 1L << 20, "m", 1L << 20, "G", 1L << 30, "g", 1L << 30);

    private Quantities() {}

    static Lifetime lifetime(Section section, Problems problems) {
        return new Lifetime(new LifetimeLimits(
                pair(section, "bytes", Quantities::bytes, LifetimeLimits.INFINITE, problems),
                pair(section, "packets", Quantities::count, LifetimeLimits.INFINITE, problems),
                pair(section, "time", Quantities::seconds, 0, problems),
                Limit.NEVER));
    }

    private static Limit pair(Section section, String unit, Reader reader, long never, Problems problems) {
        Optional<Long> soft = section.optional("rekey_" + unit, reader::read).filter(value -> value != 0);
        Optional<Long> hard = section.optional("life_" + unit, reader::read).filter(value -> value != 0);
        if (soft.isPresent() && hard.isPresent() && soft.get() >= hard.get()) {
            problems.add(
                    section.placeOf("rekey_" + unit),
                    "rekey_" + unit + " " + soft.get() + " is not below life_" + unit + " " + hard.get()
                            + "; a new SA must be ready before the old one ends: lower it");
        }
        return new Limit(soft.orElse(never), hard.orElse(never));
    }

    private interface Reader {
        Long read(Node node);
    }

    static Long seconds(Node node) {
        return scaled(node, TIMES, "allowed are seconds, or a number with s, m, h or d (90, 90s, 15m, 1h, 1d)");
    }

    static Long bytes(Node node) {
        return scaled(node, VOLUMES, "allowed are bytes, or a number with k, M or G (of 1024, 1024^2, 1024^3 bytes)");
    }

    static Long count(Node node) {
        return scaled(node, Map.of("", 1L), "allowed is a number of packets");
    }

    private static Long scaled(Node node, Map<String, Long> units, String allowed) {
        String text = Scalars.text(node, allowed);
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        Long unit = units.get(text.substring(digits).strip());
        if (digits == 0 || digits > 18 || unit == null) {
            throw Scalars.refuse(node, allowed);
        }
        BigInteger value = new BigInteger(text.substring(0, digits)).multiply(BigInteger.valueOf(unit));
        if (value.bitLength() > 62) {
            throw Scalars.refuse(node, allowed + " below 2^62");
        }
        return value.longValueExact();
    }
}
