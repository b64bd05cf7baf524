package org.xfrmctl.netlink.command;

import java.util.List;
import org.xfrmctl.model.Family;

/**
 * From the words of {@code ip xfrm} to what they ask. Objects, commands and modes may be abbreviated, the first one that
 * begins so being meant; all other words have to be whole.
 */
public final class IpCommandParser {
    static final List<String> OBJECTS = List.of("state", "sa", "policy");

    private static final List<Verb> STATE = List.of(
            new Verb("add", StateWords::add),
            new Verb("update", StateWords::update),
            new Verb("allocspi", SpiWords::alloc),
            new Verb("delete", StateNameWords::delete),
            new Verb("deleteall", StateMatchWords::deleteAll),
            new Verb("delall", StateMatchWords::deleteAll),
            new Verb("list", StateMatchWords::list),
            new Verb("show", StateMatchWords::list),
            new Verb("lst", StateMatchWords::list),
            new Verb("get", StateNameWords::get),
            new Verb("flush", TableWords::flushStates),
            new Verb("count", TableWords::countStates));

    private static final List<Verb> POLICY = List.of(
            new Verb("add", PolicyWords::add),
            new Verb("update", PolicyWords::update),
            new Verb("delete", PolicyNameWords::delete),
            new Verb("deleteall", PolicyMatchWords::deleteAll),
            new Verb("delall", PolicyMatchWords::deleteAll),
            new Verb("list", PolicyMatchWords::list),
            new Verb("show", PolicyMatchWords::list),
            new Verb("lst", PolicyMatchWords::list),
            new Verb("get", PolicyNameWords::get),
            new Verb("flush", TableWords::flushPolicies),
            new Verb("count", TableWords::countPolicies),
            new Verb("set", TableWords::setThresholds),
            new Verb("setdefault", TableWords::setDefaults),
            new Verb("getdefault", TableWords::getDefaults));

    private final HostNames host;

    private record Verb(String name, Reading reading) {}

    private interface Reading {
        IpCommand read(Words words, HostNames host);
    }

    public IpCommandParser(HostNames host) {
        this.host = host;
    }

    /** The commands of an object, as whole words: those of {@code policy}, or of {@code state}. */
    public static List<String> commandsOf(String object) {
        return (object.equals("policy") ? POLICY : STATE)
                .stream().map(Verb::name).toList();
    }

    /**
     * Reads {@code [ip [-4|-6]] [xfrm] OBJECT [COMMAND …]}; without a command the object is listed.
     *
     * @throws CommandException if a word is wrong or missing
     */
    public IpCommand parse(List<String> words) {
        return parse(Family.UNSPEC, words);
    }

    /** As {@link #parse(List)}, of one family alone unless that is {@link Family#UNSPEC}. */
    public IpCommand parse(Family family, List<String> list) {
        Words words = new Words(list);
        words.family(family);
        return parse(words);
    }

    private IpCommand parse(Words words) {
        if (words.takeIf("ip")) {
            readFamily(words);
        }
        if (words.hasNext() && begins("xfrm", words.peek())) {
            words.take();
        }
        String object = words.argument("an object is needed: state or policy");
        if (begins("state", object) || begins("sa", object)) {
            words.begin();
            return read(words, STATE);
        }
        if (begins("policy", object)) {
            words.begin();
            return read(words, POLICY);
        }
        throw words.unknown("an object of ip xfrm", OBJECTS);
    }

    private static void readFamily(Words words) {
        if (words.takeIf("-4")) {
            words.family(Family.INET);
        } else if (words.takeIf("-6")) {
            words.family(Family.INET6);
        }
    }

    private IpCommand read(Words words, List<Verb> verbs) {
        String word = words.hasNext() ? words.take() : "list";
        for (Verb verb : verbs) {
            if (begins(verb.name, word)) {
                return verb.reading.read(words, host);
            }
        }
        throw words.unknown("a command", verbs.stream().map(Verb::name).toList());
    }

    private static boolean begins(String whole, String word) {
        return !word.isEmpty() && whole.startsWith(word);
    }
}
