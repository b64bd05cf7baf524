package org.xfrmctl.netlink.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.PolicyAction;
import org.xfrmctl.model.PolicyType;

/** {@code policy list} and {@code policy deleteall}; {@code if_id} and {@code mark} are words of ours. */
final class PolicyMatchWords {
    static final List<String> OWN =
            List.of("nosock", "dir", "index", "ptype", "action", "priority", "flag", "if_id", "mark");

    private final Words words;
    private final SelectorWords selector;
    private boolean withoutSockets;
    private Optional<Direction> direction = Optional.empty();
    private OptionalInt index = OptionalInt.empty();
    private Optional<PolicyType> type = Optional.empty();
    private Optional<PolicyAction> action = Optional.empty();
    private OptionalInt priority = OptionalInt.empty();
    private OptionalInt flags = OptionalInt.empty();
    private Optional<IfId> ifId = Optional.empty();
    private Optional<MarkMatch> mark = Optional.empty();

    private PolicyMatchWords(Words words, HostNames host) {
        this.words = words;
        this.selector = new SelectorWords(words, host, words.family());
    }

    static IpCommand list(Words words, HostNames host) {
        return new IpCommand.ListPolicies(new PolicyMatchWords(words, host).read());
    }

    static IpCommand deleteAll(Words words, HostNames host) {
        return new IpCommand.DeletePolicies(new PolicyMatchWords(words, host).read());
    }

    private PolicyMatch read() {
        while (words.hasNext()) {
            String word = words.take();
            if (!selector.read(word) && !readOwn(word)) {
                List<String> all = new ArrayList<>(SelectorWords.WORDS);
                all.addAll(OWN);
                throw words.unknown("a word that chooses policies", all);
            }
        }
        return new PolicyMatch(
                selector.match(),
                new PolicyMatch.Table(direction, index, type, withoutSockets),
                new PolicyMatch.Effect(action, priority, flags),
                new PolicyMatch.Owner(ifId, mark));
    }

    private boolean readOwn(String word) {
        switch (word) {
            case "nosock" -> withoutSockets = true;
            case "dir" -> direction = Optional.of(PolicyTableWords.direction(words));
            case "index" -> index = OptionalInt.of(words.u32(word));
            case "ptype" -> type = Optional.of(PolicyTableWords.type(words));
            case "action" -> action = Optional.of(PolicyTableWords.action(words));
            case "priority" -> priority = OptionalInt.of(words.u32(word));
            case "flag" -> flags = OptionalInt.of(FlagWords.OF_POLICY.read(words, flags.orElse(0)));
            case "if_id" -> ifId = Optional.of(new IfId(words.u32(word)));
            case "mark" -> mark = Optional.of(MarkWords.match(words));
            default -> {
                return false;
            }
        }
        return true;
    }
}
