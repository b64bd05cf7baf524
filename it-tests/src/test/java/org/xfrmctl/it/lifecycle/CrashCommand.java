package org.xfrmctl.it.lifecycle;

import java.util.List;

/**
 * A command that is ended at every point.
 *
 * @param before the commands that were run before it; the first word of each is the definition
 * @param next the command that is run after it
 */
record CrashCommand(List<String> before, String command, String next) {
    private static final String UP = "old up";

    static final List<CrashCommand> ALL = List.of(
            of(List.of("old lockdown"), UP),
            of(List.of(UP), "old down"),
            of(List.of(UP), "new apply"),
            of(List.of(UP), "keys rekey --phase inbound home/net"),
            of(List.of(UP, "keys rekey --phase inbound home/net"), "keys rekey --phase outbound home/net"),
            of(
                    List.of(UP, "keys rekey --phase inbound home/net", "keys rekey --phase outbound home/net"),
                    "keys rekey --phase finish --force home/net"),
            // Not once more, for each is a new epoch.
            new CrashCommand(List.of(UP), "old rekey home/far", UP));

    /** IPComp and IPIP in net, whose keys are written down, and another suite in far, whose keys are derived. */
    static final String OLD = definition(0x1001, "yes", "far", "1");

    /** Other keys for net, and all else as before. */
    static final String KEYS = definition(0x2001, "yes", "far", "1");

    /** Another net, no far, and one that is new. */
    static final String NEW = definition(0x3001, "no", "near", "3");

    private static CrashCommand of(List<String> before, String command) {
        return new CrashCommand(before, command, command);
    }

    /** What asks whether there is anything left to do for a command. */
    static String plan(String command) {
        return command.replace("rekey --phase ", "plan --for rekey-")
                .replace(" --force", "")
                .replaceFirst("^(\\w+) (up|down|apply)$", "$1 plan --for $2");
    }

    private static String definition(int spi, String ipcomp, String second, String network) {
        String cpi = ipcomp.equals("yes") ? "cpi: %d, " : "";
        return """
                connections:
                  home:
                    local_addrs: 192.168.0.100
                    remote_addrs: 192.168.0.1
                    children:
                      net:
                        local_ts: 10.0.0.0/24
                        remote_ts: 10.1.0.0/16
                        ipcomp: %s
                        sas:
                          out: { spi: %d, %skey: out%d }
                          in: { spi: %d, %skey: in%d }
                      %s: { remote_ts: 10.%s.0.0/24, esp_proposals: aes128-sha256, mode: tunnel, local_ts: 10.9.0.0/24, keys: { derive: shared } }
                secrets:
                  out%d: { file: out%d.key }
                  in%d: { file: in%d.key }
                  shared: { file: shared.key }
                """.formatted(
                        ipcomp,
                        spi,
                        cpi.formatted(spi),
                        spi,
                        spi + 1,
                        cpi.formatted(spi + 1),
                        spi,
                        second,
                        network + "1",
                        spi,
                        spi,
                        spi,
                        spi);
    }
}
