package org.xfrmctl.cli.daemon;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalInt;
import org.xfrmctl.datapath.host.rules.PacketRule;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.PortMatch;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.Selector;

/** A rule as a line of words, for the door. */
final class RuleLine {
    private static final String NONE = "-";

    private RuleLine() {}

    static String print(PacketRule rule) {
        List<Object> words = new ArrayList<>();
        if (rule instanceof PacketRule.ClampMss clamp) {
            words.addAll(List.of(
                    "clamp",
                    clamp.hook(),
                    clamp.reqid(),
                    clamp.byRoute(),
                    clamp.most().isPresent() ? Integer.toString(clamp.most().getAsInt()) : NONE));
        } else {
            words.add("df");
        }
        Selector selector = rule.selector();
        words.addAll(List.of(
                selector.source(),
                selector.destination(),
                selector.proto().number(),
                selector.sourcePort().port(),
                selector.sourcePort().mask(),
                selector.destinationPort().port(),
                selector.destinationPort().mask()));
        return String.join(" ", words.stream().map(Object::toString).toList());
    }

    /**
     * Reads what {@link #print} has made.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    static PacketRule read(String line) {
        Iterator<String> words = List.of(line.split(" ", -1)).iterator();
        try {
            PacketRule rule = read(words);
            if (words.hasNext()) {
                throw new IllegalArgumentException("\"" + words.next() + "\" is too much in \"" + line + "\"");
            }
            return rule;
        } catch (NoSuchElementException e) {
            throw new IllegalArgumentException("\"" + line + "\" is too short for a rule", e);
        }
    }

    private static PacketRule read(Iterator<String> words) {
        String kind = words.next();
        if (kind.equals("df")) {
            return new PacketRule.SetDf(selector(words));
        }
        if (!kind.equals("clamp")) {
            throw new IllegalArgumentException("there are no rules \"" + kind + "\"");
        }
        PacketRule.Hook hook = PacketRule.Hook.valueOf(words.next());
        Reqid reqid = new Reqid(Integer.parseUnsignedInt(words.next()));
        boolean byRoute = words.next().equals("true");
        String most = words.next();
        return new PacketRule.ClampMss(
                hook,
                selector(words),
                reqid,
                byRoute,
                most.equals(NONE) ? OptionalInt.empty() : OptionalInt.of(number(most)));
    }

    private static Selector selector(Iterator<String> words) {
        return new Selector(
                IpPrefix.parse(words.next()),
                IpPrefix.parse(words.next()),
                new IpProtocol(number(words.next())),
                port(words),
                port(words),
                Selector.Binding.NONE);
    }

    private static PortMatch port(Iterator<String> words) {
        return new PortMatch(number(words.next()), number(words.next()));
    }

    private static int number(String word) {
        return Integer.parseInt(word);
    }
}
