package org.xfrmctl.netlink.command;

import java.util.List;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.PolicyAction;
import org.xfrmctl.model.PolicyType;

/** Values that several policy commands take: {@code dir}, {@code ptype} and {@code action}. */
final class PolicyTableWords {
    static final List<String> DIRECTIONS = List.of("in", "out", "fwd");
    static final List<String> TYPES = List.of("main", "sub");
    static final List<String> ACTIONS = List.of("allow", "block");

    private PolicyTableWords() {}

    static Direction direction(Words words) {
        return switch (words.argument("dir is in, out or fwd")) {
            case "in" -> Direction.IN;
            case "out" -> Direction.OUT;
            case "fwd" -> Direction.FWD;
            default -> throw words.unknown("dir", DIRECTIONS);
        };
    }

    static PolicyType type(Words words) {
        return switch (words.argument("ptype is main or sub")) {
            case "main" -> PolicyType.MAIN;
            case "sub" -> PolicyType.SUB;
            default -> throw words.unknown("ptype", TYPES);
        };
    }

    static PolicyAction action(Words words) {
        return switch (words.argument("action is allow or block")) {
            case "allow" -> PolicyAction.ALLOW;
            case "block" -> PolicyAction.BLOCK;
            default -> throw words.unknown("action", ACTIONS);
        };
    }
}
