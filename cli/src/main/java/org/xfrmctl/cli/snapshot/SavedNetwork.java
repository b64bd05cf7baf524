package org.xfrmctl.cli.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.xfrmctl.cli.doctor.LiveFacts;
import org.xfrmctl.cli.doctor.NftRules;
import org.xfrmctl.manager.doctor.Facts;
import org.xfrmctl.manager.doctor.PeerPath;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;

/** What lies around a host, as the files of a snapshot have it. */
record SavedNetwork(List<String> links, Set<IpAddress> own) {
    static SavedNetwork of(JsonNode links, JsonNode addresses) {
        List<String> up = new ArrayList<>();
        for (JsonNode link : links) {
            String name = link.path("name").asText();
            boolean tunnel = LiveFacts.TUNNELS.contains(link.path("kind").asText());
            if (link.path("up").asBoolean() && !name.equals("lo") && !tunnel) {
                up.add(name);
            }
        }
        Set<IpAddress> own = new HashSet<>();
        addresses.forEach(address ->
                own.add(IpPrefix.parse(address.path("address").asText()).address()));
        return new SavedNetwork(up, own);
    }

    static Set<Integer> ports(JsonNode saved) {
        Set<Integer> ports = new HashSet<>();
        saved.forEach(port -> ports.add(port.asInt()));
        return ports;
    }

    static Facts.Filters filters(Optional<JsonNode> nftables, Optional<JsonNode> legacy) {
        return new Facts.Filters(nftables.map(NftRules::read), legacy.map(SavedNetwork::words));
    }

    private static List<String> words(JsonNode saved) {
        List<String> words = new ArrayList<>();
        saved.forEach(word -> words.add(word.asText()));
        return words;
    }

    Facts.Network with(
            Optional<JsonNode> settings, Facts.Sockets sockets, Facts.Filters filters, List<PeerPath> paths) {
        Map<String, String> sysctls = new LinkedHashMap<>();
        settings.ifPresent(all -> all.properties()
                .forEach(each -> sysctls.put(each.getKey(), each.getValue().asText())));
        return new Facts.Network(sysctls, links, own, sockets, filters, paths);
    }
}
