package org.xfrmctl.netlink.command;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Spi;

/** {@code [src ADDR] [dst ADDR] [proto PROTO] [spi SPI]}: the words that name a state, which stand together. */
final class IdWords {
    static final List<String> WORDS = List.of("src", "dst", "proto", "spi");
    static final List<String> PROTOCOLS = List.of("esp", "ah", "comp", "route2", "hao", "ipsec-any");

    private static final int LARGEST_CPI = 0xffff;

    private final Words words;
    private Family family;
    private boolean present;
    private @Nullable IpPrefix source;
    private @Nullable IpPrefix destination;
    private @Nullable IpProtocol protocol;
    private @Nullable Spi spi;
    private int place;

    /** {@code family} is that of addresses which are not given; {@link Family#UNSPEC} if nothing says so. */
    IdWords(Words words, Family family) {
        this.words = words;
        this.family = family;
    }

    /** Reads on if the word just taken begins an id; says whether it does. */
    boolean read(String word) {
        if (!WORDS.contains(word)) {
            return false;
        }
        if (present) {
            throw words.refuse("src, dst, proto and spi stand together, once; move it to the others");
        }
        present = true;
        readOne(word);
        while (words.hasNext() && WORDS.contains(words.peek())) {
            readOne(words.take());
        }
        check();
        return true;
    }

    private void readOne(String word) {
        switch (word) {
            case "src" -> {
                source = Addresses.prefix(words, word);
                family = source.family();
            }
            case "dst" -> {
                destination = Addresses.prefix(words, word);
                family = destination.family();
            }
            case "proto" -> protocol = protocol(words);
            default -> spi = new Spi(words.u32(word));
        }
        place = words.last();
    }

    /** Takes the name of a protocol that states have; numbers are none. */
    static IpProtocol protocol(Words words) {
        return switch (words.argument("proto is one of " + String.join(", ", PROTOCOLS))) {
            case "esp" -> IpProtocol.ESP;
            case "ah" -> IpProtocol.AH;
            case "comp" -> IpProtocol.COMP;
            case "route2" -> IpProtocol.ROUTING;
            case "hao" -> IpProtocol.DSTOPTS;
            case "ipsec-any" -> IpProtocol.IPSEC_ANY;
            default -> throw words.unknown("proto", PROTOCOLS);
        };
    }

    private void check() {
        if (source != null && destination != null && source.family() != destination.family()) {
            throw words.at(place, "src and dst are of different families; both are IPv4 or both are IPv6");
        }
        if (protocol == null || spi == null || spi.bits() == 0) {
            return;
        }
        if (isMobility(protocol)) {
            throw words.at(place, "proto " + protocol + " has no spi; leave it out");
        }
        if (protocol.equals(IpProtocol.COMP) && Integer.compareUnsigned(spi.bits(), LARGEST_CPI) > 0) {
            throw words.at(place, "the spi of proto comp is a CPI, 0 to 0xffff");
        }
    }

    /** Whether it is one of mobile IPv6, whose states have no SPI. */
    static boolean isMobility(IpProtocol protocol) {
        return protocol.equals(IpProtocol.ROUTING) || protocol.equals(IpProtocol.DSTOPTS);
    }

    boolean isPresent() {
        return present;
    }

    /** The protocol is there, or the command is refused. */
    IdWords needProtocol() {
        if (!present) {
            throw words.missing("an id is needed: src ADDR dst ADDR proto PROTO spi SPI");
        }
        if (protocol == null) {
            throw words.at(
                    place, "proto is missing beside src, dst and spi; it is one of " + String.join(", ", PROTOCOLS));
        }
        return this;
    }

    Family family() {
        return family;
    }

    /** Where the last word of the id stands. */
    int place() {
        return place;
    }

    IpProtocol protocol() {
        return protocol == null ? IpProtocol.ANY : protocol;
    }

    boolean hasSpi() {
        return spi != null && spi.bits() != 0;
    }

    /** What is not given is zero; {@code fallback} is the family if the id tells none. */
    SaId id(Family fallback) {
        return new SaId(address(destination, fallback), spi == null ? Spi.NONE : spi, protocol());
    }

    IpAddress source(Family fallback) {
        return address(source, fallback);
    }

    private IpAddress address(@Nullable IpPrefix prefix, Family fallback) {
        return prefix != null ? prefix.address() : IpAddress.any(family == Family.UNSPEC ? fallback : family);
    }

    StateMatch.Id match() {
        return new StateMatch.Id(
                family,
                Optional.ofNullable(source),
                Optional.ofNullable(destination),
                Optional.ofNullable(protocol),
                Optional.ofNullable(spi));
    }
}
