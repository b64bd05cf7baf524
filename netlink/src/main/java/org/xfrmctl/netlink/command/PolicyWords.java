package org.xfrmctl.netlink.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.Offload;
import org.xfrmctl.model.PolicyAction;
import org.xfrmctl.model.PolicyFlags;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.netlink.xfrm.XfrmRequests;

/** {@code policy add} and {@code policy update}. */
final class PolicyWords {
    static final List<String> OWN = List.of(
            "dir", "ctx", "mark", "index", "ptype", "action", "priority", "flag", "limit", "tmpl", "if_id", "offload");

    private final Words words;
    private final HostNames host;
    private final SelectorWords selector;
    private final LimitWords limits;
    private final TemplateWords templates;
    private final LabelWords label;
    private @Nullable Direction direction;
    private Mark mark = Mark.NONE;
    private int index;
    private Optional<PolicyType> type = Optional.empty();
    private PolicyAction action = PolicyAction.ALLOW;
    private int priority;
    private int flags;
    private IfId ifId = IfId.NONE;
    private Optional<Offload> offload = Optional.empty();

    private PolicyWords(Words words, HostNames host) {
        this.words = words;
        this.host = host;
        selector = new SelectorWords(words, host, words.family());
        limits = new LimitWords(words);
        templates = new TemplateWords(words);
        label = new LabelWords(words);
    }

    static IpCommand add(Words words, HostNames host) {
        return new IpCommand.Change(XfrmRequests.addPolicy(new PolicyWords(words, host).read()));
    }

    static IpCommand update(Words words, HostNames host) {
        return new IpCommand.Change(XfrmRequests.updatePolicy(new PolicyWords(words, host).read()));
    }

    private XfrmPolicy read() {
        while (words.hasNext()) {
            String word = words.take();
            boolean known = readSelector(word)
                    || readOwn(word)
                    || templates.read(word)
                    || limits.read(word)
                    || label.read(word);
            if (!known) {
                List<String> all = new ArrayList<>(SelectorWords.WORDS);
                all.addAll(OWN);
                throw words.unknown("a word of a policy", all);
            }
        }
        if (direction == null) {
            throw words.missing("dir in, dir out or dir fwd is needed");
        }
        return policy(direction);
    }

    private boolean readSelector(String word) {
        if (!selector.read(word)) {
            return false;
        }
        if (words.family() == Family.UNSPEC) {
            words.family(selector.family());
        }
        return true;
    }

    private boolean readOwn(String word) {
        switch (word) {
            case "dir" -> {
                once(direction == null);
                direction = PolicyTableWords.direction(words);
            }
            case "mark" -> mark = MarkWords.ofObject(words);
            case "index" -> index = words.u32(word);
            case "ptype" -> {
                once(type.isEmpty());
                type = Optional.of(PolicyTableWords.type(words));
            }
            case "action" -> action = PolicyTableWords.action(words);
            case "priority" -> priority = words.u32(word);
            case "flag" -> flags = FlagWords.OF_POLICY.read(words, flags);
            case "if_id" -> ifId = new IfId(words.u32(word));
            case "offload" -> offload = Optional.of(readOffload());
            default -> {
                return false;
            }
        }
        return true;
    }

    private void once(boolean first) {
        if (!first) {
            throw words.repeated();
        }
    }

    /** A policy's device handles whole packets, or none. */
    private Offload readOffload() {
        if (!words.argument("offload needs packet dev DEV").equals("packet")) {
            throw words.refuse("offload of a policy is packet dev DEV");
        }
        return new Offload(PlacementWords.device(words, host), Offload.PACKET);
    }

    private XfrmPolicy policy(Direction known) {
        return XfrmPolicy.builder(selector.selector(Family.INET), known)
                .action(action)
                .priority(priority)
                .templates(templates.templates())
                .index(index)
                .flags(flags == 0 ? PolicyFlags.NONE : new PolicyFlags(flags))
                .type(type)
                .limits(limits.limits())
                .mark(mark)
                .ifId(ifId)
                .offload(offload)
                .label(label.label())
                .build();
    }
}
