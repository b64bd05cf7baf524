package org.xfrmctl.cli.snapshot;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.PolicyAction;
import org.xfrmctl.model.PolicyFlags;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;

/** Reads a policy from the JSON that {@link org.xfrmctl.cli.render.PolicyJson} makes; as little of it as of states. */
final class PolicyReader {
    private static final Object[] FLAGS = {"localok", "icmp", "cpu-acquire"};

    private PolicyReader() {}

    static XfrmPolicy read(JsonNode node) {
        return XfrmPolicy.builder(Members.selector(node.path("sel")), direction(node))
                .action(
                        Members.text(node, "action").equals(PolicyAction.BLOCK.toString())
                                ? PolicyAction.BLOCK
                                : PolicyAction.ALLOW)
                .index(Members.number(node, "index"))
                .priority(Members.number(node, "priority"))
                .type(type(node))
                .flags(new PolicyFlags(Members.flags(node, "flag", FLAGS)))
                .mark(Members.mark(node, "mark"))
                .ifId(Members.ifId(node))
                .templates(templates(node))
                .limits(Members.limits(node))
                .current(Members.current(node))
                .build();
    }

    private static Direction direction(JsonNode node) {
        String word = Members.text(node, "dir");
        return Arrays.stream(Direction.values())
                .filter(each -> each.toString().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("dir \"" + word + "\" is no direction of a policy"));
    }

    private static Optional<PolicyType> type(JsonNode node) {
        return Members.member(node, "ptype")
                .map(word -> word.asText().equals(PolicyType.SUB.toString()) ? PolicyType.SUB : PolicyType.MAIN);
    }

    private static List<Template> templates(JsonNode node) {
        List<Template> templates = new ArrayList<>();
        node.path("tmpl").forEach(each -> templates.add(template(each)));
        return templates;
    }

    private static Template template(JsonNode node) {
        IpAddress destination = Members.address(node, "dst");
        Spi spi = node.has("spi") ? new Spi(Members.bits(Members.text(node, "spi"))) : Spi.NONE;
        return new Template(
                new SaId(destination, spi, Members.protocol(node, "proto")),
                Members.address(node, "src"),
                new Reqid(Members.number(node, "reqid")),
                Members.mode(node),
                level(Members.text(node, "level")),
                new Template.AlgorithmMasks(mask(node, "auth_mask"), mask(node, "enc_mask"), mask(node, "comp_mask")),
                0);
    }

    private static Level level(String word) {
        return switch (word) {
            case "required" -> Level.REQUIRED;
            case "use" -> Level.USE;
            default -> new Level(Members.bits(word));
        };
    }

    private static int mask(JsonNode node, String name) {
        return node.has(name) ? Members.bits(Members.text(node, name)) : -1;
    }
}
