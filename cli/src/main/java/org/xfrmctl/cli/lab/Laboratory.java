package org.xfrmctl.cli.lab;

import java.nio.file.Path;
import org.xfrmctl.datapath.host.EchoOptions;
import org.xfrmctl.datapath.host.PingOutcome;
import org.xfrmctl.datapath.host.TransferOptions;
import org.xfrmctl.datapath.host.TransferOutcome;

/** The hosts and links of a running lab. Closing it takes everything down that opening it made. */
public interface Laboratory extends AutoCloseable {
    /** The host of that name; the scenario was checked, so it exists. */
    LabHost host(String name);

    /** Sends datagrams to the host that has their destination and back, and waits for each or until it is lost. */
    PingOutcome echo(String from, EchoOptions request);

    /** Carries a file by TCP to the host that has its destination, until it is there or nothing arrives for too long. */
    TransferOutcome transfer(String from, TransferOptions request);

    /**
     * Starts to write every packet on a link to a pcap file (LINKTYPE_RAW or LINKTYPE_ETHERNET). What is returned ends
     * it; the file is complete then.
     */
    Capture capture(String link, Path pcap);

    @Override
    void close();

    /** A running capture. */
    interface Capture extends AutoCloseable {
        @Override
        void close();
    }
}
