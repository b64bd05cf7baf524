package org.xfrmctl.it.command;

/** The program that is compared with. */
final class InstalledIp {
    private InstalledIp() {}

    /** The host's, or the one that is named as it is for the printers' test. */
    static String path() {
        String named = System.getenv("XFRMCTL_IP");
        return System.getProperty("xfrmctl.ip", named == null ? "ip" : named);
    }
}
