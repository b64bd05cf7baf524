package org.xfrmctl.it.lifecycle;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Everything that may happen to a connection, while packets that it protects run: the same script on both kernels. Its
 * result is what the wire saw, in four scenes: before anything is there, during all of it, when what is to pass after a
 * {@code down} comes up, and after that {@code down}.
 */
final class ClearTextScript {
    private static final int REKEYS = 4;

    private final Stage stage;
    private final TwoEnds ends;
    private final List<Gateway> gateways;

    /** The first and the last scene show that the witness sees what is clear. */
    record Scenes(Witness before, Witness during, Witness passing, Witness afterwards, int changes, int kills) {}

    /** Numbers for {@link Scenes}. */
    private int changes;

    private int kills;

    ClearTextScript(Stage stage, Path directory, long seed) {
        this.stage = stage;
        this.ends = new TwoEnds(directory, new Random(seed));
        this.gateways = List.of(new Gateway("a", stage, ends), new Gateway("b", stage, ends));
    }

    Scenes play() {
        try {
            return scenes();
        } finally {
            gateways.forEach(Gateway::close);
        }
    }

    private Scenes scenes() {
        ends.write(OptionCase.BASE);
        Path directory = ends.directory();
        Witness before = stage.witness(directory.resolve("before.pcap"), stage.traffic()::run);
        // Whoever is first must not be sent to in clear by the other one when its blocks are there.
        both("lockdown");
        Witness during = stage.witness(directory.resolve("during.pcap"), this::everything);
        gateways.forEach(Gateway::stillWatches);
        ends.write(OptionCase.PASS);
        Witness passing = stage.witness(directory.resolve("passing.pcap"), () -> {
            both("up");
            passes("up with on_down: pass");
        });
        Witness afterwards = stage.witness(directory.resolve("afterwards.pcap"), () -> {
            both("down");
            stage.traffic().run();
        });
        gateways.forEach(Gateway::stillWatches);
        return new Scenes(before, during, passing, afterwards, changes, kills);
    }

    private void everything() {
        stage.traffic().run();
        both("up");
        passes("up");
        changeEachOption();
        rekeyByPhases();
        rekeyDerived();
        gateways.forEach(Gateway::watch);
        downAndUp();
        killEverywhere();
        trapped();
        both("lockdown");
        both("up");
        passes("up after a second lockdown");
        both("down");
        stage.traffic().run();
    }

    private void both(String command, String... more) {
        gateways.forEach(gateway -> gateway.run(command, more));
    }

    private void passes(String after) {
        if (!stage.traffic().passes()) {
            throw new IllegalStateException("after " + after + " nothing arrives any more: "
                    + stage.traffic().tallies(0) + "\n" + gateways.get(0).run("status")
                    + gateways.get(1).run("status")
                    + gateways);
        }
    }

    private void changeEachOption() {
        List<OptionCase> cases = new ArrayList<>(OptionCase.ALL);
        cases.add(OptionCase.BASE);
        for (OptionCase change : cases) {
            ends.write(change);
            apply(change);
            passes(change.toString());
            changes++;
        }
    }

    /** Reading the definition again is what a reload is. States that are up with keys written down become nobody's epoch. */
    private void apply(OptionCase change) {
        if (change.equals(OptionCase.DERIVED)) {
            both("down", "ends/gate");
        }
        both("apply");
    }

    private void rekeyByPhases() {
        for (String phase : List.of("inbound", "undo", "inbound", "outbound", "finish")) {
            if (phase.equals("inbound")) {
                ends.write(OptionCase.BASE);
            }
            gateways.forEach(gateway -> gateway.run("rekey", "--phase", phase, "--force"));
            passes("rekey --phase " + phase);
        }
    }

    private void rekeyDerived() {
        ends.write(OptionCase.DERIVED);
        apply(OptionCase.DERIVED);
        passes("derived keys");
        for (int i = 0; i < REKEYS; i++) {
            both("rekey", "ends/gate");
            passes("rekey of derived keys");
        }
    }

    private void downAndUp() {
        both("down");
        stage.traffic().run();
        // Keys that were used are not used again.
        ends.write(OptionCase.BASE);
        both("up");
        passes("down and up");
    }

    /** A trap stops what comes; the watches have their own minds about the first packet, but none is in clear. */
    private void trapped() {
        both("down");
        both("trap");
        stage.traffic().run();
        ends.write(OptionCase.BASE);
        both("up");
        passes("a trap and up");
    }

    /** Each command, killed before each of its requests, and then made whole. */
    private void killEverywhere() {
        Gateway a = gateways.get(0);
        for (String command : List.of("up", "down", "apply")) {
            boolean killed = true;
            for (int requests = 0; killed; requests++) {
                ends.write(requests % 2 == 0 ? OptionCase.COMPRESSED : OptionCase.BASE);
                gateways.get(1).run("apply");
                if (command.equals("down")) {
                    a.run("up");
                }
                killed = a.isKilled(requests, command);
                stage.traffic().run();
                kills += killed ? 1 : 0;
                a.run("up");
                if (!command.equals("down")) {
                    passes(command + " killed at request " + requests);
                }
            }
        }
    }
}
