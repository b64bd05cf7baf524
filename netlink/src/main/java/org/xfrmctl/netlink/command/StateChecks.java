package org.xfrmctl.netlink.command;

import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Mode;

/** What goes with which protocol of a state. */
final class StateChecks {
    private final Words words;
    private final IpProtocol protocol;
    private final int protocolPlace;

    StateChecks(Words words, IpProtocol protocol, int protocolPlace) {
        this.words = words;
        this.protocol = protocol;
        this.protocolPlace = protocolPlace;
    }

    void mode(Mode mode, int place) {
        if (protocol.isIpsec()) {
            boolean esp = protocol.equals(IpProtocol.ESP);
            boolean allowed = mode.equals(Mode.TRANSPORT)
                    || mode.equals(Mode.TUNNEL)
                    || (esp && (mode.equals(Mode.BEET) || mode.equals(Mode.IPTFS)));
            if (!allowed) {
                throw words.at(
                        place,
                        "proto " + protocol + " has mode transport" + (esp ? ", tunnel, beet or iptfs" : " or tunnel")
                                + ", not " + mode);
            }
        } else if (IdWords.isMobility(protocol)
                && !mode.equals(Mode.ROUTE_OPTIMIZATION)
                && !mode.equals(Mode.IN_TRIGGER)) {
            throw words.at(place, "proto " + protocol + " needs mode ro or in_trigger");
        }
    }

    void careOf(boolean present, int place) {
        if (present && !IdWords.isMobility(protocol)) {
            throw words.at(place, "coa goes with proto route2 or hao");
        }
        if (!present && IdWords.isMobility(protocol)) {
            throw words.at(protocolPlace, "proto " + protocol + " needs coa ADDR");
        }
    }
}
