package org.xfrmctl.cli.lab;

import java.nio.file.Path;

/** The hosts and links of a running lab. Closing it takes everything down that opening it made. */
public interface Laboratory extends AutoCloseable {
    /** The host of that name; the scenario was checked, so it exists. */
    LabHost host(String name);

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
