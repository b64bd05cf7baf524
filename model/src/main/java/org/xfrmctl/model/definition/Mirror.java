package org.xfrmctl.model.definition;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.xfrmctl.model.definition.PolicyOptions.StartAction;

/**
 * Writes a definition for the other end: addresses, selectors and SAs change sides.
 *
 * <p>Marks, if_ids, {@code copy_dscp}, {@code reqid}, {@code priority} and all other options stay as they are. They say
 * how packets meet the policies of the host that reads them and never cross the wire; their {@code in} and {@code out}
 * are that host's own, so the common case of the same numbers at both ends comes out right. Where such an option is set
 * the text says so in a comment.
 */
public final class Mirror {
    private Mirror() {}

    /** The other end's definition as values; places are still those of this end. */
    public static Definition of(Definition definition) {
        return new Definition(definition.connections().stream().map(Mirror::of).toList(), definition.secrets());
    }

    private static Connection of(Connection connection) {
        return new Connection(
                connection.name(),
                connection.place(),
                /* local= */ connection.remote(),
                /* remote= */ connection.local(),
                connection.children().stream().map(Mirror::of).toList());
    }

    private static Child of(Child child) {
        return new Child(
                child.name(),
                child.place(),
                new Endpoints(
                        /* local= */ child.endpoints().remote(),
                        /* remote= */ child.endpoints().local()),
                new Traffic(
                        /* local= */ child.traffic().remote(),
                        /* remote= */ child.traffic().local(),
                        child.traffic().mode()),
                child.transform(),
                child.headers(),
                child.sizes(),
                mirrored(child.policy()),
                child.lifetime(),
                child.sas().mirrored());
    }

    /** A trap is sprung by what this host sends, and the other end has to be up by then. */
    private static PolicyOptions mirrored(PolicyOptions policy) {
        return new PolicyOptions(
                policy.level(),
                policy.priority(),
                policy.reqid(),
                policy.onDown(),
                policy.startAction() == StartAction.NONE ? StartAction.NONE : StartAction.START,
                policy.fwdOut(),
                policy.marks());
    }

    /**
     * The other end's definition as YAML.
     *
     * @param directory where the text will be stored: paths of key files inside it are written relative to it
     */
    public static String text(Definition definition, Path directory) {
        Definition other = of(definition);
        List<String> comments =
                new ArrayList<>(List.of("The other end of what \"xfrmctl mirror\" was given. Copy the key files too."));
        if (other.children().anyMatch(Mirror::hasHostOptions)) {
            comments.add("Marks and if_ids belong to one host and are repeated as they were: check them.");
        }
        return DefinitionText.print(other, comments, directory);
    }

    private static boolean hasHostOptions(Child child) {
        return !child.policy().marks().equals(Marks.NONE);
    }
}
