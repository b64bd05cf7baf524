package org.xfrmctl.manager.journal;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xfrmctl.model.IpPrefix;

/**
 * What a child asks of a route, whose sizes it may share with others. With neither size the route is there to have none.
 *
 * @param mtu in bytes, as the route has it
 * @param advmss in bytes, as the route has it
 */
public record AskedRoute(IpPrefix destination, OptionalInt mtu, OptionalInt advmss) {
    private static final String MTU = "mtu";
    private static final String ADVMSS = "advmss";

    /**
     * Reads what {@link #toString} prints.
     *
     * @throws IllegalArgumentException if it is something else
     */
    static AskedRoute parse(String text) {
        String[] words = text.split(" ", -1);
        AskedRoute route = new AskedRoute(IpPrefix.parse(words[0]), size(words, MTU), size(words, ADVMSS));
        if (!route.toString().equals(text)) {
            throw new IllegalArgumentException(text);
        }
        return route;
    }

    private static OptionalInt size(String[] words, String name) {
        for (int i = 1; i + 1 < words.length; i += 2) {
            if (words[i].equals(name)) {
                return OptionalInt.of(Integer.parseInt(words[i + 1]));
            }
        }
        return OptionalInt.empty();
    }

    /** As {@code ip route} has it. */
    @Override
    public String toString() {
        return Stream.of(Optional.of(destination.toString()), words(MTU, mtu), words(ADVMSS, advmss))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" "));
    }

    private static Optional<String> words(String name, OptionalInt size) {
        return size.isPresent() ? Optional.of(name + " " + size.getAsInt()) : Optional.empty();
    }
}
