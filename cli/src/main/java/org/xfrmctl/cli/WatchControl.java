package org.xfrmctl.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.xfrmctl.cli.control.ControlDoor;
import org.xfrmctl.cli.control.ControlLimits;
import org.xfrmctl.netlink.sys.StreamConnection;
import org.xfrmctl.netlink.sys.StreamListener;

/** The control socket of a watch while it is there: its file, and the thread that lets people in. */
final class WatchControl implements AutoCloseable {
    private final SocketFile<StreamListener> file;
    private final ControlDoor door;
    private final Duration patience;

    private WatchControl(SocketFile<StreamListener> file, ControlDoor door, Duration patience) {
        this.file = file;
        this.door = door;
        this.patience = patience;
    }

    /**
     * Begins to answer.
     *
     * @param place empty if nothing is to answer
     * @param patience how long requests at work may take at the end
     */
    static Optional<WatchControl> open(
            ControlOptions options,
            Optional<Path> place,
            ControlDoor.Commands commands,
            ControlLimits limits,
            Duration patience,
            Consumer<String> log) {
        return place.map(path -> {
            SocketFile<StreamListener> file = options.open(path);
            ControlDoor door =
                    new ControlDoor(file.listener(), options.access(), StreamConnection::peer, limits, commands, log);
            WatchControl control = new WatchControl(file, door, patience);
            control.start();
            return control;
        });
    }

    private void start() {
        Thread thread = new Thread(
                () -> {
                    try {
                        door.run();
                    } catch (InterruptedException ended) {
                        Thread.currentThread().interrupt();
                    }
                },
                "control socket");
        thread.setDaemon(true);
        thread.start();
    }

    /** Nobody is let in any more, and requests at work come to their end. */
    @Override
    public void close() {
        door.close();
        file.close();
        try {
            door.awaitEnd(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
