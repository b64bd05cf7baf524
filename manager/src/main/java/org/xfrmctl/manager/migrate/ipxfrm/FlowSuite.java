package org.xfrmctl.manager.migrate.ipxfrm;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.model.definition.EspProposal;
import org.xfrmctl.model.definition.EspProposals;

/** The suite of an ESP state, by the kernel's names and the lengths of its keys. */
final class FlowSuite {
    private FlowSuite() {}

    /** The suite; where keys are hidden the one with the longest. */
    static Optional<EspProposal> of(Found.State found) {
        List<EspProposal> like = EspProposals.names().stream()
                .flatMap(name -> EspProposals.named(name).stream())
                .filter(suite -> isLike(suite, found.state()))
                .filter(suite -> found.hidesKeys() || hasLengths(suite, found.state()))
                .toList();
        return like.isEmpty() ? Optional.empty() : Optional.of(like.get(like.size() - 1));
    }

    private static boolean isLike(EspProposal suite, XfrmState state) {
        Optional<Algorithm.Aead> aead = state.algorithm(Algorithm.Aead.class);
        Optional<Algorithm.Encryption> cipher = state.algorithm(Algorithm.Encryption.class);
        Optional<Algorithm.Authentication> hash = state.algorithm(Algorithm.Authentication.class);
        if (aead.isPresent()) {
            return suite.integrity().isEmpty()
                    && suite.cipher().equals(aead.get().name())
                    && suite.icvBits() == aead.get().icvBits();
        }
        return cipher.isPresent()
                && hash.isPresent()
                && canonical(cipher.get().name()).equals(suite.cipher())
                && suite.integrity().equals(Optional.of(hash.get().name()))
                && suite.icvBits() == icvBits(hash.get());
    }

    /** Kernels take old names, too, and dump the new ones. */
    private static String canonical(String cipher) {
        return switch (cipher) {
            case "aes" -> "cbc(aes)";
            case "cipher_null" -> "ecb(cipher_null)";
            default -> cipher;
        };
    }

    /** Without a length the kernel cuts as it always did: net/xfrm/xfrm_algo.c, aalg_list. */
    private static int icvBits(Algorithm.Authentication hash) {
        if (hash.truncationBits() != 0) {
            return hash.truncationBits();
        }
        return switch (hash.name()) {
            case "hmac(sha384)" -> 192;
            case "hmac(sha512)" -> 256;
            default -> 96;
        };
    }

    private static boolean hasLengths(EspProposal suite, XfrmState state) {
        int cipher = state.algorithms().stream()
                .filter(each -> !(each instanceof Algorithm.Authentication))
                .mapToInt(each -> each.key().length())
                .sum();
        int hash = state.algorithm(Algorithm.Authentication.class)
                .map(each -> each.key().length())
                .orElse(0);
        return suite.cipherKeyBytes() == cipher && suite.integrityKeyBytes() == hash;
    }

    /** The whole key as a secret has it: that of the cipher first. */
    static Key key(XfrmState state) {
        Optional<Algorithm> first = state.algorithms().stream()
                .filter(each -> !(each instanceof Algorithm.Authentication))
                .findFirst();
        byte[] cipher = first.map(each -> each.key().toArray()).orElse(new byte[0]);
        byte[] hash = state.algorithm(Algorithm.Authentication.class)
                .map(each -> each.key().toArray())
                .orElse(new byte[0]);
        byte[] both = new byte[cipher.length + hash.length];
        System.arraycopy(cipher, 0, both, 0, cipher.length);
        System.arraycopy(hash, 0, both, cipher.length, hash.length);
        Key key = Key.of(both);
        for (byte[] each : List.of(cipher, hash, both)) {
            Arrays.fill(each, (byte) 0);
        }
        return key;
    }
}
