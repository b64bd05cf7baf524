package org.xfrmctl.model.definition;

import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;
import org.xfrmctl.model.Cpi;
import org.xfrmctl.model.Spi;

/** Reads {@code sas}, that is SPI, CPI and key name by direction, or {@code keys}. */
final class SaReader {
    private static final BigInteger SPI_LOW = BigInteger.valueOf(256);
    private static final BigInteger SPI_HIGH = BigInteger.valueOf(0xffff_ffffL);

    private static final Pattern HEX = Pattern.compile("(0[xX])?[0-9a-fA-F]{16,}");

    private final Collected collected;
    private final ChildName child;
    private final Optional<Endpoints> endpoints;

    SaReader(Collected collected, ChildName child, Optional<Endpoints> endpoints) {
        this.collected = collected;
        this.child = child;
        this.endpoints = endpoints;
    }

    /** {@code ipcomp} is absent if it could not be read: then nothing is said about CPIs. */
    Optional<Sas> read(Section section, Optional<Boolean> ipcomp) {
        Optional<Node> keys = section.node("keys");
        if (keys.isPresent() && section.node("sas").isPresent()) {
            collected.problems.add(
                    section.placeOf("keys"),
                    "a child has \"sas\", written one by one, or \"keys\" to derive them from, not both; remove one");
            return Optional.empty();
        }
        return keys.isPresent() ? derived(keys.get()) : written(section, ipcomp).map(Sas.class::cast);
    }

    private Optional<Sas> derived(Node node) {
        return Section.open(node, Vocabulary.KEYS, collected.problems)
                .flatMap(keys -> keys.required("derive", "name an entry of \"secrets:\"", SaReader::key)
                        .map(secret -> {
                            DerivedSas sas = new DerivedSas(secret, keys.placeOf("derive"));
                            collected.derived.add(sas);
                            return sas;
                        }));
    }

    private Optional<SaPair> written(Section section, Optional<Boolean> ipcomp) {
        return section.required(
                        "sas",
                        "give \"out\" and \"in\" with spi and key, or \"keys: { derive: SECRET }\"",
                        node -> node)
                .flatMap(node -> Section.open(node, Vocabulary.SAS, collected.problems))
                .flatMap(sas -> {
                    Optional<SaParameters> out = side(sas, true, ipcomp);
                    Optional<SaParameters> in = side(sas, false, ipcomp);
                    return ConnectionReader.both(in, out, SaPair::new);
                });
    }

    private Optional<SaParameters> side(Section sas, boolean outward, Optional<Boolean> ipcomp) {
        return sas.required(outward ? "out" : "in", "each direction has its own spi and key", node -> node)
                .flatMap(node -> Section.open(node, Vocabulary.SA, collected.problems))
                .flatMap(sa -> parameters(sa, outward, ipcomp));
    }

    private Optional<SaParameters> parameters(Section sa, boolean outward, Optional<Boolean> ipcomp) {
        Optional<Spi> spi = sa.required("spi", "allowed is 256 to 4294967295 (0x100 to 0xffffffff)", SaReader::spi);
        Optional<Cpi> cpi = cpi(sa, ipcomp);
        Optional<String> key = sa.required("key", "name an entry of \"secrets:\"", SaReader::key);
        if (spi.isEmpty() || key.isEmpty() || (ipcomp.orElse(false) && cpi.isEmpty())) {
            return Optional.empty();
        }
        SaParameters parameters = new SaParameters(spi.get(), cpi, key.get(), sa.placeOf("key"));
        endpoints.ifPresent(ends -> collected.sas.add(
                new Collected.Sa(child, ends, outward, parameters, sa.placeOf("spi"), sa.placeOf("cpi"))));
        return Optional.of(parameters);
    }

    private Optional<Cpi> cpi(Section sa, Optional<Boolean> compresses) {
        if (compresses.isEmpty()) {
            return sa.optional("cpi", SaReader::cpi);
        }
        boolean ipcomp = compresses.get();
        if (ipcomp) {
            return sa.required("cpi", "with ipcomp allowed is 256 to 61439 (0x100 to 0xefff)", SaReader::cpi);
        }
        if (sa.node("cpi").isPresent()) {
            collected.problems.add(
                    sa.placeOf("cpi"), "a cpi has a meaning with \"ipcomp: yes\" only; remove it or switch ipcomp on");
        }
        return Optional.empty();
    }

    private static Spi spi(Node node) {
        String allowed = "allowed is 256 to 4294967295 (0x100 to 0xffffffff); choose one, for example 0xc1000001";
        BigInteger number = Scalars.number(node, allowed);
        if (number.compareTo(SPI_LOW) < 0) {
            throw Scalars.refuse(node, "SPIs 0 to 255 are reserved (RFC 4303, section 2.1); " + allowed);
        }
        if (number.compareTo(SPI_HIGH) > 0) {
            throw Scalars.refuse(node, "an SPI has 32 bits; " + allowed);
        }
        return new Spi(number.intValue());
    }

    private static Cpi cpi(Node node) {
        String allowed = "allowed is 256 to 61439 (0x100 to 0xefff); choose one, for example 0x1001";
        BigInteger number = Scalars.number(node, allowed);
        if (number.bitLength() > 16) {
            throw Scalars.refuse(node, "a CPI has 16 bits, at most 65535 (RFC 3173, section 3.3); " + allowed);
        }
        int value = number.intValueExact();
        if (value < Cpi.LOWEST || value > Cpi.HIGHEST) {
            String reason = value < Cpi.LOWEST ? "0 to 255 are reserved" : "61440 to 65535 are for private use";
            throw Scalars.refuse(node, "CPIs " + reason + " (RFC 3173, section 3.3); " + allowed);
        }
        return new Cpi(value);
    }

    /** Whoever writes the key itself here must not find it in a log: the value is not shown. */
    private static String key(Node node) {
        if (node instanceof Node.Scalar scalar && HEX.matcher(scalar.text()).matches()) {
            throw new ConfigException(
                    node.place(),
                    "this looks like key material, which must not stand in a definition; allowed is the name of a "
                            + "secret; put the hex into a file of mode 0600 and point to it from \"secrets:\"");
        }
        if (node instanceof Node.Scalar scalar
                && !scalar.absent()
                && !scalar.text().isBlank()) {
            return scalar.text().strip();
        }
        throw new ConfigException(node.place(), "no name of a secret stands here; name an entry of \"secrets:\"");
    }
}
