package org.xfrmctl.it.ike;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.xfrmctl.it.guest.GuestCommand;

/** What is done to hosts, whichever daemon keys them, and recorded. */
final class IkeSteps {
    /** Pings until one is answered: a trap lets none through before its child is up. */
    private static final int TRIES = 30;

    static final int SMALL = 3;
    static final int LARGE = 2;

    private final IkeRecord record;

    IkeSteps(IkeRecord record) {
        this.record = record;
    }

    /** bob's first packets find their way. */
    void awaitTunnel() throws IOException, InterruptedException {
        for (int i = 0; !record.ping("bob", "10.1.0.10", 56, ""); i++) {
            if (i == TRIES) {
                throw new IOException("no way from bob to alice");
            }
        }
    }

    /** Packets that IPComp leaves as they are, and others, each with its answer. */
    void bobToAlice() throws IOException, InterruptedException {
        for (int i = 0; i < SMALL; i++) {
            record.pinged("small " + i, "bob", "10.1.0.10", 56, "");
        }
        for (int i = 0; i < LARGE; i++) {
            record.pinged("large " + i, "bob", "10.1.0.10", 1000, "");
        }
    }

    /** What moon says of a packet and of its answer, and what then happens. */
    void aliceToBob() throws IOException, InterruptedException {
        record.look("moon", "explain out", "explain --json 10.1.0.10 10.2.0.10 --size 84");
        record.look("moon", "explain back", "explain --json 10.2.0.10 10.1.0.10 --fwd --size 84");
        record.counters("moon", "before one");
        record.pinged("one", "alice", "10.2.0.10", 56, "");
        record.counters("moon", "after one");
    }

    /** Somebody outside claims to be behind sun. */
    void naked() throws IOException, InterruptedException {
        GuestCommand.run("ip -n carol address add 10.2.0.99/32 dev lo");
        record.look("moon", "explain naked", "explain --json 10.2.0.99 10.1.0.10 --fwd --size 84");
        record.statistics("moon", "before naked");
        record.pinged("naked", "carol", "10.1.0.10", 56, " -I 10.2.0.99");
        record.statistics("moon", "after naked");
        GuestCommand.run("ip -n carol address delete 10.2.0.99/32 dev lo");
    }

    /** Somebody takes moon's fwd policy away. */
    void missingForward() throws IOException, InterruptedException {
        GuestCommand.run("ip -n moon xfrm policy delete src 10.2.0.0/16 dst 10.1.0.0/16 dir fwd");
        record.pinged("without fwd", "bob", "10.1.0.10", 56, "");
        JsonNode findings = record.doctor("moon", "without fwd");
        record.mend("moon", findings, "missing-fwd");
        record.pinged("with fwd", "bob", "10.1.0.10", 56, "");
        record.doctor("moon", "with fwd");
    }

    /** The daemon of sun has been killed, and somebody empties the SAD. */
    void deadDaemon() throws IOException, InterruptedException {
        record.doctor("sun", "killed");
        GuestCommand.run("ip -n sun xfrm state flush");
        record.pinged("without states", "bob", "10.1.0.10", 56, "");
        record.doctor("sun", "without states");
    }
}
