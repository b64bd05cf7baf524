package org.xfrmctl.cli.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.xfrmctl.cli.doctor.NftRules;
import org.xfrmctl.manager.doctor.Exit;
import org.xfrmctl.manager.doctor.Facts;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;

/** What lies around a host, as the files of a snapshot have it. */
record SavedNetwork(List<String> links, Set<IpAddress> own, List<Exit> exits) {
    private static final int MAIN = 254;

    private record Way(Exit exit, long metric) {}

    static SavedNetwork of(JsonNode routes, JsonNode links, JsonNode addresses) {
        Map<Integer, String> names = new HashMap<>();
        List<String> up = new ArrayList<>();
        for (JsonNode link : links) {
            String name = link.path("name").asText();
            names.put(link.path("ifindex").asInt(), name);
            if (link.path("up").asBoolean() && !name.equals("lo")) {
                up.add(name);
            }
        }
        Set<IpAddress> own = new HashSet<>();
        addresses.forEach(address ->
                own.add(IpPrefix.parse(address.path("address").asText()).address()));
        List<Way> ways = new ArrayList<>();
        for (JsonNode route : routes) {
            if (route.path("table").asInt() == MAIN && route.has("ifindex")) {
                Exit exit = new Exit(
                        IpPrefix.parse(route.path("dst").asText()),
                        names.getOrDefault(route.path("ifindex").asInt(), ""));
                ways.add(new Way(exit, route.path("metric").asLong()));
            }
        }
        ways.sort(Comparator.comparingInt((Way way) -> -way.exit().network().length())
                .thenComparing(Way::metric));
        return new SavedNetwork(up, own, ways.stream().map(Way::exit).toList());
    }

    Facts.Network with(Optional<JsonNode> settings, Optional<Boolean> acquires, Optional<JsonNode> firewall) {
        Map<String, String> sysctls = new LinkedHashMap<>();
        settings.ifPresent(all -> all.properties()
                .forEach(each -> sysctls.put(each.getKey(), each.getValue().asText())));
        return new Facts.Network(sysctls, links, own, exits, acquires, firewall.map(NftRules::read));
    }
}
