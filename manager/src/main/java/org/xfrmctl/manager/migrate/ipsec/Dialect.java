package org.xfrmctl.manager.migrate.ipsec;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.xfrmctl.manager.migrate.draft.OptionTable;

/** Whose ipsec.conf it is: what the two daemons do where nothing is written. */
// A table is not changed once it is made, and the sets are Set.of(…), which the checker cannot see from the types.
@SuppressWarnings("ImmutableEnumChecker")
enum Dialect {
    STRONGSWAN(
            "strongSwan",
            IpsecOptions.STRONGSWAN,
            Set.of("charondebug", "cachecrls", "strictcrlpolicy"),
            Set.of("yes"),
            Set.of("no"),
            "1h",
            32,
            "aes128gcm16"),
    LIBRESWAN(
            "libreswan",
            IpsecOptions.LIBRESWAN,
            Set.of("protostack", "plutodebug", "logfile", "virtual-private", "nssdir", "listen", "ikev1-policy"),
            Set.of("yes", "true", "on", "y", "1"),
            Set.of("no", "false", "off", "n", "0"),
            "8h",
            128,
            "aes256gcm16");

    private final String title;
    private final OptionTable options;
    private final Set<String> setup;
    private final Set<String> yes;
    private final Set<String> no;
    private final String lifetime;
    private final int replayWindow;
    private final String suite;

    Dialect(
            String title,
            OptionTable options,
            Set<String> setup,
            Set<String> yes,
            Set<String> no,
            String lifetime,
            int replayWindow,
            String suite) {
        this.title = title;
        this.options = options;
        this.setup = setup;
        this.yes = yes;
        this.no = no;
        this.lifetime = lifetime;
        this.replayWindow = replayWindow;
        this.suite = suite;
    }

    /** A dialect and the key that shows it, if there was one. */
    record Guess(Dialect dialect, Optional<String> key) {}

    /** The one that knows more of what the other does not know; strongSwan's if nothing tells. */
    static Guess of(Collection<IpsecSection> sections) {
        int strong = 0;
        int libre = 0;
        Optional<String> strongKey = Optional.empty();
        Optional<String> libreKey = Optional.empty();
        for (IpsecSection section : sections) {
            for (String key : section.values().keySet()) {
                if (STRONGSWAN.knows(section, key) && !LIBRESWAN.knows(section, key)) {
                    strong++;
                    strongKey = strongKey.or(() -> Optional.of(key));
                } else if (LIBRESWAN.knows(section, key) && !STRONGSWAN.knows(section, key)) {
                    libre++;
                    libreKey = libreKey.or(() -> Optional.of(key));
                }
            }
        }
        return libre > strong ? new Guess(LIBRESWAN, libreKey) : new Guess(STRONGSWAN, strongKey);
    }

    private boolean knows(IpsecSection section, String key) {
        return switch (section.kind()) {
            case CONN -> options.find(IpsecOptions.nameOf(key)).isPresent();
            case SETUP -> setup.contains(key);
            case CA -> false;
        };
    }

    String title() {
        return title;
    }

    OptionTable options() {
        return options;
    }

    /** Whether a flag is set by that word. */
    boolean isYes(String word) {
        return yes.contains(word.toLowerCase(Locale.ROOT));
    }

    /** Whether a flag is cleared by that word. */
    boolean isNo(String word) {
        return no.contains(word.toLowerCase(Locale.ROOT));
    }

    /** How long an SA lives if nothing is written. */
    String lifetime() {
        return lifetime;
    }

    /** Packets, if nothing is written. */
    int replayWindow() {
        return replayWindow;
    }

    /** What it proposes first if nothing is written. */
    String suite() {
        return suite;
    }
}
