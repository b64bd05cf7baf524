package org.xfrmctl.manager.migrate.draft;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Gives children SAs that have none to be taken over, because IKE made them. */
public final class NewSas {
    /** As strongSwan's range for its own, so that they are seen at first sight to be nobody's by chance. */
    private static final long FIRST_SPI = 0xc1000001L;

    private static final int FIRST_CPI = 0x1001;
    /** What daemons count by themselves; written keys have nobody who makes the next ones. */
    private static final Set<String> SOFT =
            Set.of("rekey_time", "life_time", "rekey_bytes", "life_bytes", "rekey_packets", "life_packets");

    private final KeyChoice choice;
    private final Draft draft;
    private final Map<String, String> secrets = new HashMap<>();
    private int count;

    public NewSas(KeyChoice choice, Draft draft) {
        this.choice = choice;
        this.draft = draft;
    }

    /** As {@code connection} and {@code options}, a child of it, are called in the definition, so are their secrets. */
    public void put(Draft.Connection connection, Draft.Entry options) {
        if (choice == KeyChoice.DERIVE) {
            String secret =
                    secrets.computeIfAbsent(connection.name(), name -> draft.secret(name, "", "", options.origin()));
            options.put("keys", Map.of("derive", secret));
            return;
        }
        limits(options);
        boolean ipcomp = options.text("ipcomp").filter("yes"::equals).isPresent();
        Map<String, Object> sas = new LinkedHashMap<>();
        for (String direction : new String[] {"out", "in"}) {
            Map<String, String> sa = new LinkedHashMap<>();
            sa.put("spi", "0x" + Long.toHexString(FIRST_SPI + count));
            if (ipcomp) {
                sa.put("cpi", "0x" + Integer.toHexString(FIRST_CPI + count));
            }
            String wanted = connection.name() + "-" + options.name();
            sa.put("key", draft.secret(wanted, "-" + direction, "", options.origin()));
            sas.put(direction, sa);
            count++;
        }
        options.put("sas", sas);
    }

    private void limits(Draft.Entry options) {
        for (String key : SOFT) {
            if (options.has(key) && !options.text(key).filter("0"::equals).isPresent()) {
                Origin origin = options.remove(key);
                draft.findings()
                        .add(
                                origin,
                                key + " would end SAs whose next keys nobody makes",
                                "rekey by hand (\"xfrmctl rekey\"), or import with --keys derive");
            }
        }
    }
}
