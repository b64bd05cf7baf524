package org.xfrmctl.it.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.xfrmctl.it.release.Sbom.Component;

/** What people have found out about the libraries: {@code release/reviewed.tsv} and {@code release/flaws.tsv}. */
record FlawList(List<Review> reviews, List<Flaw> flaws) {
    /** Somebody looked for flaws of a library at a version. */
    record Review(String library, String version, LocalDate date, String sources) {}

    /**
     * A known flaw of a library's versions from {@code from}, up to but without {@code before}.
     *
     * @param ids its names in the databases, of which each has its own
     */
    record Flaw(
            String library,
            LibraryVersion from,
            LibraryVersion before,
            List<String> ids,
            Verdict verdict,
            LocalDate date,
            String why) {
        boolean concerns(Component component) {
            LibraryVersion version = LibraryVersion.of(component.version());
            return component.id().equals(library) && version.compareTo(from) >= 0 && version.compareTo(before) < 0;
        }
    }

    /** What a flaw means for this program. */
    enum Verdict {
        /** It is one for us, or nobody has looked: such a version must not be shipped. */
        AVOIDED,
        /** It cannot be reached here, and the list says why. */
        HARMLESS
    }

    /** Reads both lists. Lines that begin with {@code #} are for people; fields are separated by one tab each. */
    static FlawList read(Path directory) throws IOException {
        List<Review> reviews = new ArrayList<>();
        for (Row row : rows(directory.resolve("reviewed.tsv"), 4)) {
            reviews.add(new Review(row.text(0), row.text(1), row.date(2), row.text(3)));
        }
        List<Flaw> flaws = new ArrayList<>();
        for (Row row : rows(directory.resolve("flaws.tsv"), 7)) {
            flaws.add(new Flaw(
                    row.text(0),
                    LibraryVersion.of(row.text(1)),
                    LibraryVersion.of(row.text(2)),
                    List.of(row.text(3).split(",", -1)),
                    row.verdict(4),
                    row.date(5),
                    row.text(6)));
        }
        return new FlawList(List.copyOf(reviews), List.copyOf(flaws));
    }

    /** What is wrong with shipping these libraries, a line each; empty if nothing is known to be. */
    List<String> problems(List<Component> libraries) {
        List<String> problems = new ArrayList<>();
        Set<String> present = new HashSet<>();
        for (Component library : libraries) {
            present.add(library.id());
            if (reviews.stream().noneMatch(each -> isReviewOf(each, library))) {
                problems.add(
                        library.id() + " " + library.version() + ": nobody has reviewed this version; look for its "
                                + "known flaws, add them to release/flaws.tsv and a line to release/reviewed.tsv");
            }
            flaws.stream()
                    .filter(each -> each.verdict() == Verdict.AVOIDED && each.concerns(library))
                    .forEach(each -> problems.add(library.id() + " " + library.version() + ": has "
                            + String.join(", ", each.ids()) + "; take " + each.before() + " or newer"));
        }
        reviews.stream()
                .filter(each -> !present.contains(each.library()))
                .forEach(each -> problems.add(
                        each.library() + ": is not shipped any more; remove its line from " + "release/reviewed.tsv"));
        return problems;
    }

    /** Whether a flaw of that name was found to be harmless to this library here. */
    boolean isJudged(Component library, String id) {
        return flaws.stream()
                .anyMatch(each ->
                        each.verdict() == Verdict.HARMLESS && each.ids().contains(id) && each.concerns(library));
    }

    private static boolean isReviewOf(Review review, Component library) {
        return review.library().equals(library.id()) && review.version().equals(library.version());
    }

    private static List<Row> rows(Path file, int fields) throws IOException {
        List<Row> rows = new ArrayList<>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                Row row = new Row(file.getFileName() + ":" + number, List.of(line.split("\t", -1)));
                if (row.fields().size() != fields) {
                    throw row.wrong(row.fields().size() + " fields", fields + ", with one tab between two");
                }
                rows.add(row);
            }
        }
        return rows;
    }

    /** A line of a list. */
    private record Row(String place, List<String> fields) {
        String text(int at) {
            if (fields.get(at).isBlank()) {
                throw wrong("an empty field " + (at + 1), "a field with something in it");
            }
            return fields.get(at);
        }

        LocalDate date(int at) {
            try {
                return LocalDate.parse(text(at));
            } catch (DateTimeParseException e) {
                throw wrong("\"" + text(at) + "\"", "a date like 2026-11-26");
            }
        }

        Verdict verdict(int at) {
            for (Verdict each : Verdict.values()) {
                if (each.name().equalsIgnoreCase(text(at))) {
                    return each;
                }
            }
            throw wrong("\"" + text(at) + "\"", "avoided, or harmless");
        }

        IllegalArgumentException wrong(String found, String allowed) {
            return new IllegalArgumentException(place + ": found " + found + "; allowed is " + allowed);
        }
    }
}
