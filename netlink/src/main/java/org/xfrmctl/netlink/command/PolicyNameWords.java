package org.xfrmctl.netlink.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.PolicyIndex;
import org.xfrmctl.model.PolicyKey;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.SecurityLabel;
import org.xfrmctl.netlink.message.Request;
import org.xfrmctl.netlink.xfrm.XfrmRequests;

/** {@code policy delete} and {@code policy get}: by selector or by index. */
final class PolicyNameWords {
    static final List<String> OWN = List.of("dir", "ctx", "mark", "index", "ptype", "if_id");

    private final Words words;
    private final SelectorWords selector;
    private final LabelWords label;
    private @Nullable Direction direction;
    private OptionalInt index = OptionalInt.empty();
    private Optional<PolicyType> type = Optional.empty();
    private Mark mark = Mark.NONE;
    private IfId ifId = IfId.NONE;

    private PolicyNameWords(Words words, HostNames host) {
        this.words = words;
        selector = new SelectorWords(words, host, words.family());
        label = new LabelWords(words);
    }

    static IpCommand delete(Words words, HostNames host) {
        PolicyNameWords name = new PolicyNameWords(words, host);
        Direction direction = name.read();
        Request request = name.index.isPresent()
                ? XfrmRequests.deletePolicy(name.index(direction))
                : XfrmRequests.deletePolicy(name.key(direction));
        Optional<SecurityLabel> label = name.label.label();
        return new IpCommand.Change(label.isPresent() ? XfrmRequests.labelled(request, label.get()) : request);
    }

    static IpCommand get(Words words, HostNames host) {
        PolicyNameWords name = new PolicyNameWords(words, host);
        Direction direction = name.read();
        return name.index.isPresent()
                ? new IpCommand.GetPolicyAt(name.index(direction), name.label.label())
                : new IpCommand.GetPolicy(name.key(direction), name.label.label());
    }

    private Direction read() {
        while (words.hasNext()) {
            String word = words.take();
            if (!selector.read(word) && !readOwn(word) && !label.read(word)) {
                List<String> all = new ArrayList<>(SelectorWords.WORDS);
                all.addAll(OWN);
                throw words.unknown("a word that names a policy", all);
            }
        }
        if (direction == null) {
            throw words.missing("dir in, dir out or dir fwd is needed");
        }
        if (selector.isPresent() == index.isPresent()) {
            throw words.missing("a policy is named by its selector or by its index"
                    + (index.isPresent() ? ", not by both" : ": src PREFIX dst PREFIX, or index N"));
        }
        return direction;
    }

    private boolean readOwn(String word) {
        switch (word) {
            case "dir" -> {
                once(direction == null);
                direction = PolicyTableWords.direction(words);
            }
            case "mark" -> mark = MarkWords.ofKey(words);
            case "index" -> {
                once(index.isEmpty());
                index = OptionalInt.of(readIndex());
            }
            case "ptype" -> {
                once(type.isEmpty());
                type = Optional.of(PolicyTableWords.type(words));
            }
            case "if_id" -> ifId = new IfId(words.u32(word));
            default -> {
                return false;
            }
        }
        return true;
    }

    /** With 0 a kernel would look at the selector, which then is that of all IPv4: nobody means that. */
    private int readIndex() {
        int number = words.u32("index");
        if (number == 0) {
            throw words.refuse("no policy has index 0");
        }
        return number;
    }

    private void once(boolean first) {
        if (!first) {
            throw words.repeated();
        }
    }

    private PolicyKey key(Direction known) {
        return new PolicyKey(known, type.orElse(PolicyType.MAIN), selector.selector(Family.INET), mark, ifId);
    }

    private PolicyIndex index(Direction known) {
        return new PolicyIndex(index.orElseThrow(), known, type.orElse(PolicyType.MAIN), mark, ifId);
    }
}
