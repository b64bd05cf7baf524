package org.xfrmctl.netlink.command;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Key;

/** {@code enc|auth NAME KEY}, {@code auth-trunc NAME KEY BITS}, {@code aead NAME KEY ICVBITS}, {@code comp NAME}. */
final class AlgorithmWords {
    static final List<String> KINDS = List.of("enc", "auth", "auth-trunc", "aead", "comp");

    /** {@code char alg_name[64]}, with the zero at its end. */
    private static final int LONGEST_NAME = 63;

    private final Words words;
    private final HostNames host;
    private @Nullable Algorithm aead;
    private @Nullable Algorithm authentication;
    private @Nullable Algorithm encryption;
    private @Nullable Algorithm compression;
    private int place;

    AlgorithmWords(Words words, HostNames host) {
        this.words = words;
        this.host = host;
    }

    /** How many words behind that of an algorithm may be its key, or the rest of one with a blank in it. */
    static int reach(String word) {
        return switch (word) {
            case "enc", "auth" -> 3;
            case "auth-trunc", "aead" -> 4;
            default -> 0;
        };
    }

    /** Reads on if the word just taken is the kind of an algorithm; says whether it is. */
    boolean read(String word) {
        switch (word) {
            case "enc" -> {
                alone(encryption == null && aead == null);
                encryption = new Algorithm.Encryption(name(), key());
            }
            case "auth" -> {
                alone(authentication == null && aead == null);
                authentication = new Algorithm.Authentication(name(), key(), 0);
            }
            case "auth-trunc" -> {
                alone(authentication == null && aead == null);
                String name = name();
                Key key = key();
                authentication = new Algorithm.Authentication(name, key, words.u32("auth-trunc's length in bits"));
            }
            case "aead" -> {
                alone(encryption == null && authentication == null && aead == null);
                String name = name();
                Key key = key();
                aead = new Algorithm.Aead(name, key, words.u32("aead's length in bits"));
            }
            case "comp" -> {
                alone(compression == null);
                compression = new Algorithm.Compression(name(), Key.EMPTY);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void alone(boolean alone) {
        place = words.last();
        if (!alone) {
            throw words.refuse("a state has one aead, or one enc and one auth or auth-trunc; and one comp");
        }
    }

    /** A name of the kernel's. What looks like a key is none, and is told before a kernel hears of it. */
    private String name() {
        String name = words.argument("the algorithm's name is missing, for example rfc4106(gcm(aes))");
        boolean printable = name.chars().allMatch(c -> c > ' ' && c < 127);
        if (name.isEmpty() || name.length() > LONGEST_NAME || !printable || name.startsWith("0x")) {
            throw words.at(
                    words.last(),
                    "the algorithm's name has 1 to " + LONGEST_NAME
                            + " printable characters and stands before the key; this word is none");
        }
        return name;
    }

    private Key key() {
        return KeyWord.read(words, host);
    }

    /** In the order in which a kernel dumps them. */
    List<Algorithm> algorithms() {
        return Stream.of(aead, authentication, encryption, compression)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
    }

    /** Holds what is needed against what is there; the kernel would refuse too, but only after the key was sent. */
    void check(IpProtocol protocol, int protocolPlace) {
        if (protocol.equals(IpProtocol.ESP)) {
            forbid(compression != null, "proto esp takes no comp");
            need(encryption != null || aead != null, "proto esp needs enc or aead", protocolPlace);
        } else if (protocol.equals(IpProtocol.AH)) {
            forbid(encryption != null || aead != null || compression != null, "proto ah takes auth or auth-trunc only");
            need(authentication != null, "proto ah needs auth or auth-trunc", protocolPlace);
        } else if (protocol.equals(IpProtocol.COMP)) {
            forbid(encryption != null || aead != null || authentication != null, "proto comp takes comp only");
            need(compression != null, "proto comp needs an algorithm: comp deflate", protocolPlace);
        } else {
            forbid(!algorithms().isEmpty(), "proto " + protocol + " takes no algorithm");
        }
    }

    private void forbid(boolean there, String problem) {
        if (there) {
            throw words.at(place, problem);
        }
    }

    private void need(boolean there, String problem, int protocolPlace) {
        if (!there) {
            throw words.at(protocolPlace, problem);
        }
    }
}
