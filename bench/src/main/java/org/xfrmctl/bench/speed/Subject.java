package org.xfrmctl.bench.speed;

import java.util.List;
import org.xfrmctl.netlink.message.Request;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/** One of the kernel's two tables. Its entries have numbers, from 0; {@code loop.c} makes the same ones. */
interface Subject {
    /** The subject of that word. */
    static Subject of(String word) {
        return switch (word) {
            case "policy" -> new Policies();
            case "state" -> new States();
            default -> throw new IllegalArgumentException("\"" + word + "\" is no table; allowed: policy, state");
        };
    }

    /** As {@code ip xfrm}, {@code xfrmctl} and {@code loop.c} call an entry. */
    String word();

    /** As people call many. */
    String plural();

    Request add(int number);

    Request delete(int number);

    /** What follows {@code xfrm policy add} or {@code xfrm state add}. */
    String addWords(int number);

    /** What follows {@code xfrm policy delete} or {@code xfrm state delete}. */
    String deleteWords(int number);

    /** Reads every entry as a value, keeps none, and returns how many there were. */
    int dump(XfrmClient client);

    /** Every entry as a value, without what differs from one time to the next. */
    List<?> entries(XfrmClient client);

    /** How many entries there are, as the kernel counts them. */
    int count(XfrmClient client);
}
