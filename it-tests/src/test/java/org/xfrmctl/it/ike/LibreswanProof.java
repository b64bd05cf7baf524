package org.xfrmctl.it.ike;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs in the guest: two gateways of libreswan, with IPComp. Records what the tools for looking say while all is well, and while
 * something is not.
 */
final class LibreswanProof {
    private LibreswanProof() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        IkeSetting setting = IkeSetting.of(IkeDaemon.LIBRESWAN, arguments);
        IkeRecord record = new IkeRecord(Path.of(arguments[0]));
        IkeSteps steps = new IkeSteps(record);
        IkeNetwork.lay();
        for (String host : List.of("moon", "sun")) {
            record.lookIn(host);
        }
        try (IkeHost moon = setting.start("moon")) {
            try (IkeHost sun = setting.start("sun")) {
                for (IkeHost host : List.of(moon, sun)) {
                    host.tell("ipsec auto --add site");
                }
                moon.tell("ipsec auto --up site");
                steps.awaitTunnel();
                record.counters("moon", "first");
                record.counters("sun", "first");
                steps.bobToAlice();
                record.all("moon", "healthy");
                record.all("sun", "healthy");
                record.text("moon daemon", moon.tell("ipsec whack --trafficstatus"));
                record.text("sun daemon", sun.tell("ipsec whack --trafficstatus"));
                steps.aliceToBob();
                steps.naked();
                steps.missingForward();
            }
            steps.deadDaemon();
        }
        record.write();
    }
}
