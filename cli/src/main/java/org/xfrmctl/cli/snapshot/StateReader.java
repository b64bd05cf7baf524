package org.xfrmctl.cli.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Encap;
import org.xfrmctl.model.ExtraFlag;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.NatTraversal;
import org.xfrmctl.model.Placement;
import org.xfrmctl.model.ReplayState;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.SaDirection;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.StateFlag;
import org.xfrmctl.model.StateFlags;
import org.xfrmctl.model.StateOptions;
import org.xfrmctl.model.StateStatistics;
import org.xfrmctl.model.XfrmState;

/**
 * Reads a state from the JSON that {@link org.xfrmctl.cli.render.StateJson} makes, with keys of zeros, as a kernel shows them that hides them. What does not
 * touch the way of a packet is not read: offload, labels, IP-TFS and what is not interpreted.
 */
final class StateReader {
    private static final Map<String, Integer> ENCAP_TYPES =
            Map.of("espinudp-nonike", 1, "espinudp", Encap.ESPINUDP, "espintcp", 7);

    private StateReader() {}

    static XfrmState read(JsonNode node) {
        SaId id = new SaId(
                Members.address(node, "dst"),
                new Spi(Members.bits(Members.text(node, "spi"))),
                Members.protocol(node, "proto"));
        return XfrmState.builder(id, Members.address(node, "src"))
                .reqid(new Reqid(Members.number(node, "reqid")))
                .mode(Members.mode(node))
                .seq(Members.number(node, "seq"))
                .flags(new StateFlags(
                        Members.flags(node, "flag", StateFlag.values()),
                        Members.flags(node, "extra_flag", ExtraFlag.values())))
                .mark(Members.mark(node, "mark"))
                .ifId(Members.ifId(node))
                .algorithms(algorithms(node))
                .replay(replay(node))
                .selector(Members.member(node, "sel").map(Members::selector).orElse(Selector.any(Family.UNSPEC)))
                .limits(Members.limits(node))
                .current(Members.current(node))
                .statistics(statistics(node.path("stats")))
                .options(options(node))
                .build();
    }

    private static List<Algorithm> algorithms(JsonNode node) {
        List<Algorithm> algorithms = new ArrayList<>();
        node.path("algorithms").forEach(each -> algorithms.add(algorithm(each)));
        return algorithms;
    }

    private static Algorithm algorithm(JsonNode node) {
        String name = Members.text(node, "name");
        Key key = Key.of(new byte[(Members.number(node, "key_bits") + 7) / 8]);
        String type = Members.text(node, "type");
        return switch (type) {
            case "aead" -> new Algorithm.Aead(name, key, Members.number(node, "icv_bits"));
            case "enc" -> new Algorithm.Encryption(name, key);
            case "auth", "auth-trunc" -> new Algorithm.Authentication(name, key, Members.number(node, "trunc_bits"));
            case "comp" -> new Algorithm.Compression(name, key);
            default ->
                throw new IllegalArgumentException(
                        "algorithm type \"" + type + "\" is none of aead, enc, auth, auth-trunc and comp");
        };
    }

    private static ReplayState replay(JsonNode node) {
        int window = Members.number(node, "replay_window");
        JsonNode replay = node.path("replay");
        List<Integer> bitmap = new ArrayList<>();
        replay.path("bitmap").forEach(word -> bitmap.add(Members.bits(word.asText())));
        if (replay.path("extended").asBoolean()) {
            return new ReplayState.Extended(
                    window, Members.number64(replay, "oseq"), Members.number64(replay, "seq"), bitmap);
        }
        return new ReplayState.Basic(
                window,
                Members.number(replay, "oseq"),
                Members.number(replay, "seq"),
                bitmap.isEmpty() ? 0 : bitmap.get(0));
    }

    private static StateStatistics statistics(JsonNode node) {
        return new StateStatistics(
                Members.number(node, "replay_window"), Members.number(node, "replay"), Members.number(node, "failed"));
    }

    private static StateOptions options(JsonNode node) {
        Optional<Encap> encap = Members.member(node, "encap").map(StateReader::encap);
        StateOptions options = StateOptions.NONE;
        return options.withOutputMark(
                        Members.member(node, "output_mark").map(unused -> Members.mark(node, "output_mark")))
                .withNatTraversal(new NatTraversal(encap, 0, Members.number(node, "mapping_timer")))
                .withPlacement(new Placement(direction(node), OptionalInt.empty(), Optional.empty()))
                .withExtras(options.extras().withTfcPad(Members.number(node, "tfcpad")));
    }

    private static Optional<SaDirection> direction(JsonNode node) {
        return Arrays.stream(SaDirection.values())
                .filter(each -> each.toString().equals(node.path("dir").asText()))
                .findFirst();
    }

    private static Encap encap(JsonNode node) {
        String type = Members.text(node, "type");
        Integer known = ENCAP_TYPES.get(type);
        return new Encap(
                known != null ? known : Members.bits(type),
                Members.number(node, "sport"),
                Members.number(node, "dport"),
                Members.address(node, "addr"));
    }
}
