package org.xfrmctl.datapath.host;

import java.util.Optional;
import org.xfrmctl.datapath.host.tcp.State;
import org.xfrmctl.datapath.host.tcp.TcpConnection;
import org.xfrmctl.datapath.link.Network;
import org.xfrmctl.model.Bytes;

/** Two programs: one sends a file and closes, the other reads to the end, compares, and closes too. */
public final class Transfer {
    private final TransferOptions options;
    private final Arrival arrival;
    private boolean closed;
    /** What happens to the connection from now on is no news. */
    private boolean finished;

    private Optional<String> error = Optional.empty();

    private Transfer(TransferOptions options) {
        this.options = options;
        this.arrival = new Arrival(options.bytes());
    }

    /** Carries the file in the time of the network, until it is there or nothing arrives for too long. */
    public static TransferOutcome run(Network network, Host from, Host to, TransferOptions options) {
        Transfer transfer = new Transfer(options);
        to.tcp().listen(options.port(), transfer::read);
        try {
            TcpConnection connection = from.tcp().connect(options.destination(), options.port(), transfer::sent);
            if (!(connection.state() instanceof State.Closed)) {
                byte[] content = new byte[options.bytes()];
                for (int i = 0; i < content.length; i++) {
                    content[i] = TransferOptions.content(i);
                }
                connection.send(content);
                connection.close();
            }
            transfer.await(network);
            transfer.finished = true;
            connection.abort();
            network.pump();
        } catch (IllegalStateException e) {
            transfer.error = Optional.ofNullable(e.getMessage());
        } finally {
            to.tcp().unlisten(options.port());
        }
        return new TransferOutcome(transfer.arrival.received(), transfer.closed, transfer.error);
    }

    private void await(Network network) {
        int before;
        do {
            before = arrival.received();
            network.pass(options.patience().toMillis(), this::isOver);
        } while (arrival.received() > before && !isOver());
    }

    private boolean isOver() {
        return closed || error.isPresent() || arrival.isWrong();
    }

    private void read(TcpConnection connection) {
        Bytes bytes = connection.read();
        byte[] content = bytes.toArray();
        for (byte each : content) {
            arrival.take(each);
        }
        if (connection.state() instanceof State.CloseWait) {
            connection.close();
        }
    }

    private void sent(TcpConnection connection) {
        if (finished) {
            return;
        }
        if (connection.state() instanceof State.Closed end) {
            error = end.reason().isEmpty() ? Optional.empty() : Optional.of(end.reason());
            closed |= end.reason().isEmpty();
        }
        closed |= connection.state() instanceof State.TimeWait;
    }
}
