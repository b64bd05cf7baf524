package org.xfrmctl.it.docker;

import java.nio.file.Path;
import org.xfrmctl.cli.lab.Scenario;
import org.xfrmctl.datapath.host.PingOptions;
import org.xfrmctl.datapath.host.PingOutcome;
import org.xfrmctl.model.IpAddress;

/**
 * carol and moon with a router between them, whose watches keep a tunnel up; keys are derived. Without compression, for what
 * ping sends would then fit through any link.
 */
final class RouterLab {
    static final String CAROL = "192.168.0.100";
    static final String ALICE = "10.1.0.10";
    private static final Path SCENARIO = Path.of("src/test/resources/containers/router");

    /** Each takes a few seconds at most; what mends itself needs two or three. */
    private static final int TRIES = 20;

    final ContainerLaboratory laboratory;
    private final ScenarioFiles files;

    private RouterLab(ContainerLaboratory laboratory, ScenarioFiles files) {
        this.laboratory = laboratory;
        this.files = files;
    }

    /** Wires the containers; no xfrmctl runs yet. */
    static RouterLab wire(ContainerLaboratory laboratory, Path work) {
        RouterLab lab = new RouterLab(laboratory, ScenarioFiles.copy(SCENARIO, work));
        laboratory.wire(lab.scenario().topology());
        return lab;
    }

    Scenario scenario() {
        return files.scenario();
    }

    /** Starts {@code watch --up} on both ends. */
    void start() {
        startGateway("carol");
        startGateway("moon");
    }

    private void startGateway(String host) {
        laboratory.startGateway(host, ScenarioFiles.of(definition(host)), "--up", "--poll", "1");
    }

    private Path definition(String host) {
        Path definition = scenario().definitions().get(host);
        if (definition == null) {
            throw new IllegalArgumentException(
                    host + " has no definition in " + scenario().file());
        }
        return definition;
    }

    /** Has xfrmctl do one thing on a host, as an init container. */
    void once(String host, String command) {
        laboratory.once(host, ScenarioFiles.of(definition(host)), command);
    }

    ContainerHost host(String name) {
        return laboratory.host(name);
    }

    Gateway gateway(String name) {
        return laboratory.gateway(name);
    }

    /** From carol to alice. */
    PingOutcome ping(int size) {
        return host("carol").ping(PingOptions.of(IpAddress.parse(ALICE), size));
    }

    /** From carol to alice; it must not be cut. */
    PingOutcome pingWhole(int size) {
        return host("carol").ping(PingOptions.of(IpAddress.parse(ALICE), size).withDontFragment());
    }

    /** Pings until there is an answer: what is broken is to mend itself. */
    void awaitProtection() {
        for (int i = 0; i < TRIES; i++) {
            if (ping(600).received() == 1) {
                return;
            }
        }
        throw new AssertionError("no answer to " + TRIES + " pings; carol says\n"
                + gateway("carol").log() + "\nand moon\n" + gateway("moon").log());
    }
}
