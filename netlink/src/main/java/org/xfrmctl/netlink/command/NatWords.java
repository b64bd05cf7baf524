package org.xfrmctl.netlink.command;

import java.util.List;
import java.util.Optional;
import org.xfrmctl.model.Encap;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.NatTraversal;

/** {@code encap TYPE SPORT DPORT OADDR}, and {@code nat-keepalive-interval} and {@code mapping-timer} of ours. */
final class NatWords {
    static final List<String> WORDS = List.of("encap", "nat-keepalive-interval", "mapping-timer");
    static final List<String> TYPES = List.of("espinudp", "espinudp-nonike", "espintcp");

    private static final int NON_IKE = 1;
    private static final int TCP = 7;

    private final Words words;
    private Optional<Encap> encap = Optional.empty();
    private int keepalive;
    private int mappingTimer;

    NatWords(Words words) {
        this.words = words;
    }

    boolean read(String word) {
        switch (word) {
            case "encap" -> encap = Optional.of(readEncap());
            case "nat-keepalive-interval" -> keepalive = words.u32(word);
            case "mapping-timer" -> mappingTimer = words.u32(word);
            default -> {
                return false;
            }
        }
        return true;
    }

    private Encap readEncap() {
        int type = switch (words.argument("encap is one of " + String.join(", ", TYPES))) {
            case "espinudp-nonike" -> NON_IKE;
            case "espinudp" -> Encap.ESPINUDP;
            case "espintcp" -> TCP;
            default -> throw words.unknown("encap", TYPES);
        };
        int source = words.u16("encap SPORT");
        int destination = words.u16("encap DPORT");
        return new Encap(type, source, destination, Addresses.address(words, "encap OADDR"));
    }

    /** {@code family} is the state's. */
    NatTraversal natTraversal(Family family) {
        if (encap.isEmpty() && keepalive == 0 && mappingTimer == 0) {
            return NatTraversal.NONE;
        }
        return new NatTraversal(encap.map(given -> ofFamily(given, family)), keepalive, mappingTimer);
    }

    /** An original address of {@code any} is of the state's family. */
    private static Encap ofFamily(Encap encap, Family family) {
        return encap.original().family() == Family.UNSPEC
                ? new Encap(encap.type(), encap.sourcePort(), encap.destinationPort(), IpAddress.any(family))
                : encap;
    }
}
