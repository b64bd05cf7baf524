package org.xfrmctl.model.definition;

import java.util.Map;
import java.util.stream.Collectors;

/** A definition without its places, for comparing what two files say. */
final class Placeless {
    private static final Place NOWHERE = new Place("", 1, 1, "");

    private Placeless() {}

    static Definition of(Definition definition) {
        return new Definition(
                definition.connections().stream().map(Placeless::of).toList(),
                definition.secrets().entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, entry -> of(entry.getValue()))));
    }

    private static Connection of(Connection connection) {
        return new Connection(
                connection.name(),
                NOWHERE,
                connection.local(),
                connection.remote(),
                connection.children().stream().map(Placeless::of).toList());
    }

    private static Child of(Child child) {
        return new Child(
                child.name(),
                NOWHERE,
                child.endpoints(),
                child.traffic(),
                child.transform(),
                child.headers(),
                child.sizes(),
                child.policy(),
                child.lifetime(),
                of(child.sas()));
    }

    private static Sas of(Sas sas) {
        if (sas instanceof SaPair pair) {
            return new SaPair(of(pair.in()), of(pair.out()));
        } else if (sas instanceof DerivedSas derived) {
            return new DerivedSas(derived.secret(), NOWHERE);
        }
        throw new AssertionError(sas);
    }

    private static SaParameters of(SaParameters sa) {
        return new SaParameters(sa.spi(), sa.cpi(), sa.key(), NOWHERE);
    }

    private static SecretSource of(SecretSource source) {
        if (source instanceof SecretSource.File file) {
            return new SecretSource.File(file.path().toAbsolutePath(), NOWHERE);
        } else if (source instanceof SecretSource.Environment variable) {
            return new SecretSource.Environment(variable.variable(), NOWHERE);
        } else if (source instanceof SecretSource.Command command) {
            return new SecretSource.Command(command.arguments(), NOWHERE);
        }
        throw new AssertionError(source);
    }
}
