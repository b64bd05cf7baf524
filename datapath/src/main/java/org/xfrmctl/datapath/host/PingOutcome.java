package org.xfrmctl.datapath.host;

import java.util.Optional;

/** What came of a ping. {@code error} is set if sending failed at once, with the reason in the words of the errno. */
public record PingOutcome(int sent, int received, Optional<String> error) {}
