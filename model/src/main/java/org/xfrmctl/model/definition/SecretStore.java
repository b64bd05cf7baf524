package org.xfrmctl.model.definition;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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
        Problems problems = new Problems();
        Map<String, Key> keys = new LinkedHashMap<>();
        definition.children().forEach(child -> {
            add(child, child.sas().out(), definition, overrides, keys, problems);
            add(child, child.sas().in(), definition, overrides, keys, problems);
        });
        try {
            problems.throwIfAny();
        } catch (ConfigException e) {
            keys.forEach((name, key) -> {
                if (!overrides.containsKey(name)) {
                    key.close();
                }
            });
            throw e;
        }
        return Map.copyOf(keys);
    }

    private void add(
            Child child,
            SaParameters sa,
            Definition definition,
            Map<String, Key> overrides,
            Map<String, Key> keys,
            Problems problems) {
        Optional<SecretSource> source = Optional.ofNullable(definition.secrets().get(sa.key()));
        Optional<Key> given = Optional.ofNullable(overrides.get(sa.key()));
        Optional<Key> key = given.or(() -> source.flatMap(from -> problems.attempt(() -> reader.read(sa.key(), from))));
        if (key.isEmpty()) {
            if (source.isEmpty()) {
                problems.add(sa.place(), "no secret \"" + sa.key() + "\" is defined; add it below \"secrets:\"");
            }
            return;
        }
        String secret = given.isEmpty() && source.isPresent()
                ? SecretReader.describe(sa.key(), source.get())
                : "secret \"" + sa.key() + "\"";
        EspProposal suite = child.transform().esp();
        if (key.get().length() != suite.keyBytes()) {
            problems.add(
                    sa.place(),
                    secret + " has " + key.get().length() + " bytes; " + suite.name() + " needs "
                            + EspProposals.keyLayout(suite) + "; make one with \"xfrmctl keygen " + suite.name()
                            + "\"");
        }
        // RFC 4106, section 3: a nonce must not meet one key twice; two SAs that share a key count the same nonces.
        keys.entrySet().stream()
                .filter(other ->
                        !other.getKey().equals(sa.key()) && other.getValue().equals(key.get()))
                .findFirst()
                .ifPresent(other -> problems.add(
                        sa.place(),
                        secret + " has the same content as secret \"" + other.getKey()
                                + "\"; each SA needs its own key; make a new one with \"xfrmctl keygen\""));
        keys.put(sa.key(), key.get());
    }
}
