package org.xfrmctl.cli.render;

import java.util.Map;
import org.xfrmctl.netlink.xfrm.Migration;

/** Other ends for a policy's tunnels: {@code {"sel", "dir", "ptype", "moves": [{…, "old", "new"}], "kmaddress", …}}. */
final class MigrationJson {
    private MigrationJson() {}

    static Map<String, Object> of(Migration migration, boolean showKeys) {
        return Json.join(
                Json.object(
                        "sel", SelectorJson.of(migration.policy().selector()),
                        "dir", migration.policy().direction().toString(),
                        "ptype", migration.policy().type().toString()),
                MarkJson.of(migration.policy().mark(), migration.policy().ifId()),
                Json.object(
                        "moves",
                                migration.moves().stream()
                                        .map(MigrationJson::of)
                                        .toList(),
                        "kmaddress", migration.keyManager().map(MigrationJson::of),
                        "encap", migration.encap().map(EncapJson::of),
                        "other", OtherJson.of(migration.other(), showKeys)));
    }

    private static Map<String, Object> of(Migration.Move move) {
        return Json.object(
                "proto", move.protocol().toString(),
                "mode", move.mode().toString(),
                "reqid", Json.unsigned(move.reqid().bits()),
                "old", of(move.from()),
                "new", of(move.to()));
    }

    private static Map<String, Object> of(Migration.Ends ends) {
        return Json.object(
                "src", ends.source().toString(), "dst", ends.destination().toString());
    }

    private static Map<String, Object> of(Migration.KmAddresses manager) {
        return Json.object(
                "local", manager.local().toString(), "remote", manager.remote().toString());
    }
}
