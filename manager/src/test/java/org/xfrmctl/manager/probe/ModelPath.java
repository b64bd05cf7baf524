package org.xfrmctl.manager.probe;

import java.util.ArrayList;
import java.util.List;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.echo.EchoPath;
import org.xfrmctl.model.echo.Heard;

/**
 * A path as a sounder finds it: hops that take so many bytes, the nearest first, each of which tells or does not. It knows
 * what was sent.
 */
class ModelPath implements Sounder {
    /** What a hop takes; {@code mtu} is what it says, if it says anything. */
    record Hop(int takes, boolean tells, int mtu) {
        static Hop telling(int takes) {
            return new Hop(takes, true, takes);
        }

        static Hop silent(int takes) {
            return new Hop(takes, false, 0);
        }

        IpAddress address() {
            return IpAddress.parse("192.0.2." + takes % 256);
        }
    }

    private final int link;
    private final List<Hop> hops;
    /** What was asked of {@link #open}; of a test that opens no host, nothing. */
    private final List<EchoPath> opened = new ArrayList<>();

    final List<Integer> sent = new ArrayList<>();

    ModelPath(int link, Hop... hops) {
        this.link = link;
        this.hops = List.of(hops);
    }

    ModelPath open(EchoPath path) {
        opened.add(path);
        return this;
    }

    List<EchoPath> opened() {
        return opened;
    }

    @Override
    public Heard sound(int size, int millis) {
        sent.add(size);
        if (size > link) {
            return new Heard.Refused(link);
        }
        return hops.stream()
                .filter(hop -> size > hop.takes())
                .findFirst()
                .<Heard>map(hop -> hop.tells() ? new Heard.TooBig(hop.address(), hop.mtu()) : new Heard.Silence())
                .orElseGet(Heard.Answer::new);
    }

    @Override
    public void close() {
        // There is nothing behind it.
    }
}
