package org.xfrmctl.manager.migrate.draft;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xfrmctl.model.definition.EspProposals;

/**
 * Finds the one suite of a definition among the proposals of an IKE daemon: lists with commas, algorithms between dashes; in
 * strongSwan's words ({@code aes128gcm128-x25519}) and in libreswan's ({@code aes_gcm256;dh19}, {@code aes-sha2_256+sha1}).
 */
public final class Suites {
    /** Where a daemon's suite is none of ours: both ends take the definition, so nothing of the old one is left to meet. */
    private static final String INSTEAD = "aes256gcm16";

    private static final Pattern GCM =
            Pattern.compile("aes(128|192|256)?_?gcm_?(a|b|c|8|12|16|64|96|128|192|256)?(?:_?(128|192|256))?");
    private static final Pattern CBC = Pattern.compile("aes(?:_cbc)?_?(128|192|256)?");
    private static final Pattern HASH = Pattern.compile("(?:hmac_)?sha(1|2|256|384|512|2_256|2_384|2_512)?");
    private static final Pattern EXCHANGE = Pattern.compile(
            "(modp|dh|ecp|x25519|x448|curve|mlkem|ke[0-9]_|frodo|kyber|ntru|bike|hqc|prf|none|noesn).*");
    /** As libreswan may have it: {@code aes_gcm-256}. */
    private static final Pattern KEY_BEHIND_DASH =
            Pattern.compile("(?<![^-;+])(aes(?:_[a-z0-9_]*)?)-(128|192|256)(?![^-;+])");

    private static final Map<String, Integer> ICV =
            Map.of("a", 8, "b", 12, "c", 16, "8", 8, "12", 12, "16", 16, "64", 8, "96", 12, "128", 16);

    private Suites() {}

    /**
     * Sets {@code esp_proposals} of a child.
     *
     * @param proposals as the daemon has them
     * @param origin where they stand
     */
    public static void put(String proposals, Draft.Entry child, Origin origin, Findings findings) {
        List<String> list = Arrays.stream(proposals.split("[,]", -1))
                .map(each -> each.strip().toLowerCase(Locale.ROOT).replaceAll("!$", ""))
                .filter(each -> !each.isEmpty())
                .toList();
        Optional<String> found =
                list.stream().flatMap(each -> suite(each).stream()).findFirst();
        child.put("esp_proposals", found.orElse(INSTEAD), origin);
        if (found.isEmpty()) {
            findings.add(
                    origin,
                    "none of its suites is one of a definition's",
                    INSTEAD + " was written; both ends need the same");
        } else if (list.size() > 1 || alternatives(list.get(0))) {
            findings.add(
                    origin,
                    "nothing is negotiated, so there is one suite",
                    found.get() + " was written, the first that a definition has; both ends need the same");
        }
        if (list.stream().anyMatch(each -> Arrays.asList(each.split("[-;+]")).contains("esn"))) {
            findings.add(
                    origin,
                    "extended sequence numbers (esn) are not in definitions yet",
                    "the SAs have 32 bits of them; rekey before 2^32 packets, which watch does by itself");
        }
    }

    /** The suite of a daemon that was told none. */
    public static void putDefault(String suite, Draft.Entry child, Findings findings) {
        child.put("esp_proposals", suite);
        findings.note(
                child.origin().name() + ": no suite is named, so " + suite + " was written; both ends need the same");
    }

    private static boolean alternatives(String proposal) {
        List<String> parts = parts(proposal);
        return parts.stream().filter(part -> cipher(part).isPresent()).count() > 1
                || parts.stream().filter(part -> hash(part).isPresent()).count() > 1;
    }

    private static List<String> parts(String proposal) {
        List<String> parts = new ArrayList<>();
        for (String part : KEY_BEHIND_DASH.matcher(proposal).replaceAll("$1_$2").split("[-;+]", -1)) {
            if (!part.isEmpty() && !EXCHANGE.matcher(part).matches() && !part.equals("esn")) {
                parts.add(part);
            }
        }
        return parts;
    }

    /** The first cipher and the first hash that there are; every cipher but GCM needs one. */
    private static Optional<String> suite(String proposal) {
        List<String> parts = parts(proposal);
        Optional<String> hash =
                parts.stream().flatMap(part -> hash(part).stream()).findFirst();
        return parts.stream()
                .flatMap(part -> cipher(part).stream())
                .map(cipher -> cipher.contains("gcm") ? cipher : cipher + "-" + hash.orElse("none"))
                .filter(name -> EspProposals.named(name).isPresent())
                .findFirst();
    }

    private static Optional<String> cipher(String part) {
        if (part.equals("null")) {
            return Optional.of("null");
        }
        Matcher cbc = CBC.matcher(part);
        if (cbc.matches()) {
            return Optional.of("aes" + Optional.ofNullable(cbc.group(1)).orElse("128"));
        }
        return gcm(part);
    }

    private static Optional<String> gcm(String part) {
        Matcher gcm = GCM.matcher(part);
        if (!gcm.matches()) {
            return Optional.empty();
        }
        boolean bitsFirst = gcm.group(1) != null;
        String tag = Optional.ofNullable(gcm.group(2)).orElse("16");
        String bits = Optional.ofNullable(gcm.group(1))
                .or(() -> Optional.ofNullable(gcm.group(3)))
                .orElse("256");
        // "aes_gcm128" is a key of 128 bits, "aes128gcm128" is a tag of as many.
        if (!bitsFirst && gcm.group(3) == null && tag.matches("128|192|256")) {
            bits = tag;
            tag = "16";
        }
        String finalBits = bits;
        return Optional.ofNullable(ICV.get(tag)).map(icv -> "aes" + finalBits + "gcm" + icv);
    }

    private static Optional<String> hash(String part) {
        Matcher hash = HASH.matcher(part);
        if (!hash.matches()) {
            return Optional.empty();
        }
        String length = Optional.ofNullable(hash.group(1)).orElse("1").replace("2_", "");
        return Optional.of("sha" + (length.equals("2") ? "256" : length));
    }
}
