package org.xfrmctl.datapath.host;

import java.util.Optional;

/**
 * What came of a transfer.
 *
 * @param received how many bytes arrived, in order and as they were sent; more than that if there were more
 * @param closed whether both ends have seen the other's end
 * @param error what a program was told, in the words of the errno; absent also when nothing arrives any more
 */
public record TransferOutcome(int received, boolean closed, Optional<String> error) {}
