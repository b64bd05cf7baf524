package org.xfrmctl.manager.migrate.ipsec;

import java.util.List;
import java.util.Optional;
import org.xfrmctl.manager.migrate.draft.Amounts;
import org.xfrmctl.manager.migrate.draft.Draft;

/**
 * The limits of an SA. Daemons rekey some minutes before the hard limit, which is written only where it was: nobody rekeys in
 * its place if no watch runs.
 */
final class IpsecLifetime {
    private static final long MARGIN = 540;
    private static final List<String> TIMES = List.of("ipsec-lifetime", "salifetime", "keylife", "lifetime");

    private final IpsecConn conn;
    private final Dialect dialect;

    IpsecLifetime(IpsecConn conn, Dialect dialect) {
        this.conn = conn;
        this.dialect = dialect;
    }

    void put(Draft.Entry child) {
        time(child);
        volume(child, "bytes");
        volume(child, "packets");
    }

    private void time(Draft.Entry child) {
        Optional<String> key =
                TIMES.stream().filter(each -> conn.value(each).isPresent()).findFirst();
        // What is no time is written as it is, for the reader of definitions to refuse.
        key.ifPresent(each -> child.put("life_time", seconds(each), conn.at(each)));
        if (!conn.flag("rekey", true)) {
            return;
        }
        Optional<Long> life = key.map(each -> conn.amount(each, true)).orElse(Amounts.parse(dialect.lifetime(), true));
        Optional<Long> margin = conn.margin("rekeymargin", true).or(() -> conn.margin("margintime", true));
        life.ifPresent(seconds -> {
            long soft = seconds - margin.orElse(MARGIN);
            child.put(
                    "rekey_time",
                    Long.toString(soft > 0 ? soft : seconds - seconds / 10),
                    conn.at(key.orElse("lifetime")));
        });
    }

    private String seconds(String key) {
        return conn.amount(key, true)
                .map(amount -> Long.toString(amount))
                .orElseGet(() -> conn.value(key).orElse(""));
    }

    private void volume(Draft.Entry child, String unit) {
        String strong = "life" + unit;
        String libre = "ipsec-max-" + unit;
        // What is no amount is written as it is, for the reader of definitions to refuse.
        for (String key : List.of(strong, libre)) {
            conn.value(key)
                    .filter(text -> conn.amount(key, false).isEmpty())
                    .ifPresent(text -> child.put("life_" + unit, text, conn.at(key)));
        }
        conn.amount(strong, false).filter(amount -> amount > 0).ifPresent(hard -> {
            child.put("life_" + unit, Long.toString(hard), conn.at(strong));
            long margin = conn.margin("margin" + unit, false).orElse(hard / 10);
            child.put("rekey_" + unit, Long.toString(Math.max(1, hard - margin)), conn.at(strong));
        });
        conn.amount(libre, false).filter(amount -> amount > 1).ifPresent(hard -> {
            child.put("life_" + unit, Long.toString(hard), conn.at(libre));
            child.put("rekey_" + unit, Long.toString(hard / 2), conn.at(libre));
        });
    }
}
