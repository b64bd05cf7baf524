package org.xfrmctl.it.scenario;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.xfrmctl.it.guest.Programs;
import org.xfrmctl.it.guest.RealKernel;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.XfrmState;

/** An independent reader of our captures: tshark, with the keys it needs to decrypt ESP. */
final class Tshark {
    private Tshark() {}

    /** Skips the calling test if there is no tshark, or fails it where the real kernel is required too. */
    static void require() {
        RealKernel.requireOrSkip(Programs.find("tshark").isPresent(), "tshark");
    }

    /** The fields of every packet in the file, one list a packet; absent fields are empty. */
    static List<List<String>> fields(Path pcap, List<XfrmState> states, List<String> fields) throws Exception {
        List<String> command = new ArrayList<>(List.of("tshark", "-r", pcap.toString(), "-T", "fields"));
        fields.forEach(field -> command.addAll(List.of("-e", field)));
        // Comma between the layers of one packet: a tunnel has two IP headers.
        command.addAll(List.of("-E", "separator=|", "-E", "occurrence=a", "-E", "aggregator=,"));
        command.addAll(
                List.of("-o", "esp.enable_encryption_decode:TRUE", "-o", "esp.enable_authentication_check:TRUE"));
        states.forEach(state -> command.addAll(List.of("-o", "uat:esp_sa:" + association(state))));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("tshark ended with " + process.exitValue());
        }
        return out.lines().map(line -> List.of(line.split("\\|", -1))).toList();
    }

    private static String association(XfrmState state) {
        List<String> columns = new ArrayList<>(List.of(
                state.source().family().bytes() == 4 ? "IPv4" : "IPv6",
                state.source().toString(),
                state.id().destination().toString(),
                state.id().spi().toString()));
        state.algorithm(Algorithm.Aead.class)
                .ifPresentOrElse(
                        aead -> columns.addAll(List.of(
                                "AES-GCM with 16 octet ICV [RFC4106]",
                                "0x" + aead.key().revealHex(),
                                "NULL",
                                "")),
                        () -> columns.addAll(separate(state)));
        return "\"" + String.join("\",\"", columns) + "\"";
    }

    private static List<String> separate(XfrmState state) {
        Algorithm.Encryption cipher =
                state.algorithm(Algorithm.Encryption.class).orElseThrow();
        Algorithm.Authentication integrity =
                state.algorithm(Algorithm.Authentication.class).orElseThrow();
        return List.of(
                "AES-CBC [RFC3602]",
                "0x" + cipher.key().revealHex(),
                "HMAC-SHA-256-128 [RFC4868]",
                "0x" + integrity.key().revealHex());
    }
}
