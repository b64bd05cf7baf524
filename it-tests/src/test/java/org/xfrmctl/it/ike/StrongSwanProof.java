package org.xfrmctl.it.ike;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs in the guest: two gateways and a roadwarrior of strongSwan, with IPComp. Records what the tools for looking say while
 * all is well, and while something is not.
 */
final class StrongSwanProof {
    private final IkeRecord record;
    private final IkeSteps steps;

    private StrongSwanProof(IkeRecord record) {
        this.record = record;
        this.steps = new IkeSteps(record);
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        IkeSetting setting = IkeSetting.of(IkeDaemon.STRONGSWAN, arguments);
        IkeRecord record = new IkeRecord(Path.of(arguments[0]));
        StrongSwanProof proof = new StrongSwanProof(record);
        IkeNetwork.lay();
        for (String host : List.of("moon", "carol", "sun")) {
            record.lookIn(host);
        }
        try (IkeHost moon = setting.start("moon");
                IkeHost carol = setting.start("carol")) {
            try (IkeHost sun = setting.start("sun")) {
                record.doctor("sun", "trapped");
                carol.tell("swanctl --initiate --child home");
                proof.steps.awaitTunnel();
                proof.healthy(moon, carol, sun);
                proof.explain();
                proof.steps.missingForward();
                proof.mixed(moon);
                proof.rekeyed(moon);
            }
            proof.steps.deadDaemon();
            try (IkeHost sun = setting.start("sun")) {
                proof.steps.awaitTunnel();
                record.text("sun swanctl again", sun.tell("swanctl --list-sas --raw"));
                record.doctor("sun", "restarted");
            }
        }
        record.write();
    }

    private void healthy(IkeHost moon, IkeHost carol, IkeHost sun) throws IOException, InterruptedException {
        for (String host : List.of("moon", "carol", "sun")) {
            record.counters(host, "first");
        }
        steps.bobToAlice();
        record.pinged("carol's small", "carol", "10.1.0.10", 8, "");
        record.pinged("carol's large", "carol", "10.1.0.10", 1000, "");
        for (String host : List.of("moon", "carol", "sun")) {
            record.all(host, "healthy");
        }
        record.text("moon daemon", moon.tell("swanctl --list-sas --raw"));
        record.text("carol daemon", carol.tell("swanctl --list-sas --raw"));
        record.text("sun daemon", sun.tell("swanctl --list-sas --raw"));
    }

    private void explain() throws IOException, InterruptedException {
        steps.aliceToBob();
        // The roadwarrior's own packets: by its virtual address and strongSwan's routing table.
        record.look("carol", "explain out", "explain --json 10.3.0.1 10.1.0.10 --size 84");
        record.look("carol", "explain back", "explain --json 10.1.0.10 10.3.0.1 --in --size 84");
        record.counters("carol", "before one");
        record.pinged("carol's one", "carol", "10.1.0.10", 56, "");
        record.counters("carol", "after one");
        steps.naked();
    }

    private void mixed(IkeHost moon) throws IOException, InterruptedException {
        moon.tell("swanctl --initiate --child plain");
        record.all("moon", "mixed");
        moon.tell("swanctl --terminate --child plain");
        record.doctor("moon", "unmixed");
    }

    private void rekeyed(IkeHost moon) throws IOException, InterruptedException {
        moon.tell("swanctl --rekey --child net");
        record.pinged("rekeyed", "bob", "10.1.0.10", 1000, "");
        record.all("moon", "rekeyed");
    }
}
