package org.xfrmctl.model.definition;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.model.Key;

/** Gets the keys that a definition uses, at the moment of use. */
public final class SecretStore {
    private final SecretReader reader;

    public SecretStore(SecretReader reader) {
        this.reader = reader;
    }

    /** The key of every secret that an SA names; all problems together. */
    public Map<String, Key> resolve(Definition definition) {
        return resolve(definition, Map.of());
    }

    /** As {@link #resolve(Definition)}, but takes {@code overrides} as they are instead of reading their sources. */
    public Map<String, Key> resolve(Definition definition, Map<String, Key> overrides) {
        return new Resolution(definition, overrides).run();
    }

    /** One call's work. */
    private final class Resolution {
        private final Definition definition;
        private final Map<String, Key> overrides;
        private final Problems problems = new Problems();
        private final Map<String, Key> keys = new LinkedHashMap<>();
        private final Map<Bytes, String> owners = new HashMap<>();

        Resolution(Definition definition, Map<String, Key> overrides) {
            this.definition = definition;
            this.overrides = overrides;
        }

        Map<String, Key> run() {
            definition
                    .children()
                    .forEach(child ->
                            child.sas().secrets(child.transform().esp()).forEach(this::add));
            if (!problems.isEmpty()) {
                keys.entrySet().stream()
                        .filter(entry -> !overrides.containsKey(entry.getKey()))
                        .forEach(entry -> entry.getValue().close());
            }
            problems.throwIfAny();
            return Map.copyOf(keys);
        }

        private void add(Sas.SecretUse use) {
            Optional<SecretSource> source =
                    Optional.ofNullable(definition.secrets().get(use.name()));
            Optional<Key> given = Optional.ofNullable(overrides.get(use.name()));
            Optional<Key> key =
                    given.or(() -> source.flatMap(from -> problems.attempt(() -> reader.read(use.name(), from))));
            if (key.isEmpty()) {
                if (source.isEmpty()) {
                    problems.add(use.place(), "no secret \"" + use.name() + "\" is defined; add it below \"secrets:\"");
                }
                return;
            }
            String secret = given.isEmpty() && source.isPresent()
                    ? SecretReader.describe(use.name(), source.get())
                    : "secret \"" + use.name() + "\"";
            if (key.get().length() != use.bytes()) {
                problems.add(
                        use.place(),
                        secret + " has " + key.get().length() + " bytes; " + use.needs()
                                + "; make one with \"xfrmctl keygen " + use.keygen() + "\"");
            }
            // RFC 4106, section 3: a nonce must not meet one key twice; two SAs that share a key count the same nonces.
            String first = owners.computeIfAbsent(digest(key.get()), content -> use.name());
            if (!first.equals(use.name())) {
                problems.add(
                        use.place(),
                        secret + " has the same content as secret \"" + first
                                + "\"; each SA needs its own key; make a new one with \"xfrmctl keygen\"");
            }
            keys.put(use.name(), key.get());
        }
    }

    /** Stands for a key in a map: {@link Key#hashCode()} tells nothing, on purpose, and would make a map a list. */
    private static Bytes digest(Key key) {
        byte[] material = key.toArray();
        try {
            return Bytes.of(MessageDigest.getInstance("SHA-256").digest(material));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        } finally {
            Arrays.fill(material, (byte) 0);
        }
    }
}
