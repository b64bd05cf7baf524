package org.xfrmctl.it.ike;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.xfrmctl.it.guest.RealKernel;

/** An IKE daemon as Debian packages it, unpacked by {@code it-tests/ike/fetch}. */
enum IkeDaemon {
    STRONGSWAN("strongswan", """
            cp "$conf/strongswan.conf" /etc/strongswan.conf
            cp "$conf/$host.conf" /etc/swanctl/swanctl.conf
            exec /usr/lib/ipsec/charon
            """, "swanctl --stats"),

    LIBRESWAN("libreswan", """
            mkdir -p /run/pluto /var/lib/ipsec/nss
            cp "$conf/ipsec.conf" "$conf/ipsec.secrets" /etc
            ipsec initnss --nssdir /var/lib/ipsec/nss
            exec /usr/libexec/ipsec/pluto --nofork --stderrlog --config /etc/ipsec.conf
            """, "ipsec whack --listen");

    private final String name;
    private final String start;
    private final String question;

    IkeDaemon(String name, String start, String question) {
        this.name = name;
        this.start = start;
        this.question = question;
    }

    /** The directory of its configuration among the test's resources, and of its packages in the cache. */
    String directory() {
        return name;
    }

    /** Shell commands that end with the daemon; {@code $conf} is the directory of its configuration, {@code $host} the host. */
    String start() {
        return start;
    }

    /** A command that ends well as soon as the daemon answers. */
    String question() {
        return question;
    }

    /** Where its packages are; without them the calling test ends here, skipped or failed. */
    Path packages() {
        Path tree = RealKernel.cache().resolve(name);
        RealKernel.requireOrSkip(Files.isDirectory(tree), "nothing more than it-tests/ike/fetch brings");
        try {
            return tree.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
