package org.xfrmctl.it.release;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.xfrmctl.it.release.Sbom.Component;

/**
 * {@code ./dev flaws}: known flaws of what the jar has in it, by the reviewed list and by osv.dev. Status 0: none; 1: some; 2:
 * none by the list, and osv.dev could not be asked.
 */
final class FlawsMain {
    private FlawsMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length < 2 || arguments.length > 3) {
            throw new IllegalArgumentException(
                    "found " + arguments.length
                            + " arguments; allowed are the SBOM, the directory of the lists, and the address of osv.dev's querybatch");
        }
        URI address = arguments.length == 3 ? URI.create(arguments[2]) : OsvDatabase.PUBLIC;
        System.exit(run(Sbom.read(Path.of(arguments[0])), FlawList.read(Path.of(arguments[1])), address));
    }

    static int run(Sbom sbom, FlawList list, URI address) throws InterruptedException {
        List<Component> libraries = sbom.libraries();
        List<String> problems = new ArrayList<>(list.problems(libraries));
        boolean asked = true;
        try {
            Map<Component, List<String>> known = new OsvDatabase(address).ask(libraries);
            known.forEach((library, ids) -> ids.stream()
                    .filter(id -> !list.isJudged(library, id))
                    .forEach(id -> problems.add(library.id() + " " + library.version() + ": osv.dev knows " + id
                            + "; read https://osv.dev/" + id + " and update, or judge it in release/flaws.tsv")));
        } catch (IOException e) {
            asked = false;
            System.out.println("not asked: " + address + " (" + e + "); the list alone was");
        }
        problems.forEach(System.out::println);
        System.out.println(libraries.size() + " libraries, " + problems.size() + " problems");
        if (!problems.isEmpty()) {
            return 1;
        }
        return asked ? 0 : 2;
    }
}
