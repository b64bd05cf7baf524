package org.xfrmctl.it.interop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.XfrmState;

/** scapy's IPsec, in a process of its own that is asked line by line. */
final class ScapyJudge implements AutoCloseable {
    private static final Map<String, String> CIPHERS = Map.of(
            "rfc4106(gcm(aes))", "AES-GCM",
            "rfc4309(ccm(aes))", "AES-CCM",
            "rfc7539esp(chacha20,poly1305)", "CHACHA20-POLY1305",
            "rfc3686(ctr(aes))", "AES-CTR",
            "cbc(aes)", "AES-CBC",
            "cbc(des)", "DES",
            "cbc(des3_ede)", "3DES",
            "cbc(cast5)", "CAST",
            "cbc(blowfish)", "Blowfish",
            "ecb(cipher_null)", "NULL");
    /** By name, key and truncation in bits. */
    private static final Map<String, String> HASHES = Map.of(
            "hmac(md5) 128/96", "HMAC-MD5-96",
            "hmac(sha1) 160/96", "HMAC-SHA1-96",
            "hmac(sha256) 256/128", "SHA2-256-128",
            "hmac(sha384) 384/192", "SHA2-384-192",
            "hmac(sha512) 512/256", "SHA2-512-256",
            "cmac(aes) 128/96", "AES-CMAC-96");

    private final Process process;
    private final BufferedReader answers;
    private final OutputStream requests;

    private ScapyJudge(Process process) {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.requests = process.getOutputStream();
    }

    /** Empty if there is no scapy; Debian's Python has it, another one in front of it in the path may not. */
    static Optional<ScapyJudge> start() throws IOException {
        Path script = Files.createTempFile("scapy-judge", ".py");
        script.toFile().deleteOnExit();
        try (InputStream text = Objects.requireNonNull(ScapyJudge.class.getResourceAsStream("scapy-judge.py"))) {
            Files.write(script, text.readAllBytes());
        }
        for (String python : List.of("/usr/bin/python3", "python3")) {
            Process process = new ProcessBuilder(python, script.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            ScapyJudge judge = new ScapyJudge(process);
            if ("ready".equals(judge.answers.readLine())) {
                return Optional.of(judge);
            }
            judge.close();
        }
        return Optional.empty();
    }

    /**
     * Whether scapy 2.5 has it all. It cannot do ESP with extended numbers without AEAD, never cuts the integrity value of
     * GCM, and opens UDP on IPv6 in transport mode to a packet that still has the UDP header.
     */
    static boolean knows(InteropCase each) {
        boolean esp = each.protocol().equals(IpProtocol.ESP);
        boolean transport = each.mode().equals(Mode.TRANSPORT);
        InteropCase.Options options = each.options();
        return each.algorithms().stream()
                        .allMatch(algorithm -> scapyName(algorithm).isPresent())
                && (each.mode().equals(Mode.TUNNEL) || (transport && each.inner() == each.outer()))
                && (!options.esn() || !esp || each.algorithms().get(0) instanceof Algorithm.Aead)
                && (!options.udp() || (esp && !(transport && each.inner() == Family.INET6)))
                && !options.ipcomp();
    }

    private static Optional<String> scapyName(Algorithm algorithm) {
        if (algorithm instanceof Algorithm.Authentication hash) {
            String name = hash.name() + " " + hash.key().bits() + "/" + hash.truncationBits();
            return Optional.ofNullable(HASHES.get(name));
        }
        boolean cut = algorithm instanceof Algorithm.Aead aead && aead.icvBits() != 128;
        return cut && algorithm.name().contains("gcm")
                ? Optional.empty()
                : Optional.ofNullable(CIPHERS.get(algorithm.name()));
    }

    byte[] seal(XfrmState state, InteropCase.Options options, long sequence, byte[] packet) throws IOException {
        return ask("seal", state, options, sequence, packet);
    }

    byte[] open(XfrmState state, InteropCase.Options options, long sequence, byte[] packet) throws IOException {
        return ask("open", state, options, sequence, packet);
    }

    private byte[] ask(String what, XfrmState state, InteropCase.Options options, long sequence, byte[] packet)
            throws IOException {
        boolean tunnel = state.mode().equals(Mode.TUNNEL);
        Optional<Algorithm> cipher = state.algorithms().stream()
                .filter(each -> !(each instanceof Algorithm.Authentication))
                .findFirst();
        Optional<Algorithm.Authentication> hash = state.algorithm(Algorithm.Authentication.class);
        int icv = state.algorithm(Algorithm.Aead.class)
                .map(aead -> aead.icvBits() / 8)
                .orElse(0);
        List<String> words = List.of(
                what,
                state.id().protocol().equals(IpProtocol.ESP) ? "ESP" : "AH",
                Integer.toHexString(state.id().spi().bits()),
                cipher.flatMap(ScapyJudge::scapyName).orElse("-"),
                cipher.map(ScapyJudge::material).orElse("-"),
                Integer.toString(icv),
                hash.flatMap(ScapyJudge::scapyName).orElse("-"),
                hash.map(ScapyJudge::material).orElse("-"),
                tunnel ? state.source().toString() : "-",
                tunnel ? state.id().destination().toString() : "-",
                options.udp() ? "udp" : "-",
                (options.esn() ? "esn:" : "") + sequence,
                HexFormat.of().formatHex(packet));
        requests.write((String.join(" ", words) + "\n").getBytes(StandardCharsets.US_ASCII));
        requests.flush();
        String answer = answers.readLine();
        if (answer == null || answer.startsWith("error")) {
            throw new IOException("scapy cannot " + what + ": " + answer);
        }
        return HexFormat.of().parseHex(answer);
    }

    private static String material(Algorithm algorithm) {
        String hex = algorithm.key().revealHex();
        return hex.isEmpty() ? "-" : hex;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
