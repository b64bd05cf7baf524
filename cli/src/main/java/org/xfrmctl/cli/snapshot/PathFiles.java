package org.xfrmctl.cli.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.xfrmctl.cli.doctor.RoutedPeers;
import org.xfrmctl.cli.render.Json;
import org.xfrmctl.manager.doctor.PeerPath;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.route.RouteClient;

/** Ways to peers as JSON, both ways. */
final class PathFiles {
    private PathFiles() {}

    static List<Map<String, Object>> paths(RouteClient client, List<XfrmState> states) {
        return RoutedPeers.paths(
                        client,
                        states,
                        client.listAddresses().stream()
                                .map(address -> address.prefix().address())
                                .collect(Collectors.toSet()))
                .stream()
                .<Map<String, Object>>map(path -> Json.object(
                        "src", path.source().toString(),
                        "dst", path.destination().toString(),
                        "mark",
                                path.mark() == 0
                                        ? Optional.empty()
                                        : Optional.of("0x" + Integer.toHexString(path.mark())),
                        "mtu", path.mtu(),
                        "link_mtu", path.linkMtu(),
                        "learnt", path.learnt()))
                .toList();
    }

    static PeerPath read(JsonNode node) {
        return new PeerPath(
                Members.address(node, "src"),
                Members.address(node, "dst"),
                node.has("mark") ? Members.bits(node.path("mark").asText()) : 0,
                node.path("mtu").asInt(),
                node.path("link_mtu").asInt(),
                node.path("learnt").asBoolean());
    }
}
