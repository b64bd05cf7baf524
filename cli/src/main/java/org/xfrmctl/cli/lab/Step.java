package org.xfrmctl.cli.lab;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.xfrmctl.datapath.host.EchoOptions;
import org.xfrmctl.datapath.host.PingOptions;
import org.xfrmctl.datapath.host.TransferOptions;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.probe.PathVerdict;
import org.xfrmctl.manager.probe.ProbeEnds;
import org.xfrmctl.model.XfrmCounter;

/** One thing that happens in a lab. */
public sealed interface Step {
    /**
     * {@code up: [carol, moon]}, {@code down: {hosts: carol, children: home/net}} and so on: a run for what each host's
     * definition says.
     *
     * @param children {@code connection/child}, the same on all these hosts; none means all that there are
     */
    record Run(Goal goal, List<String> hosts, List<String> children) implements Step {
        /** The goals that have a step of their name. */
        static final List<Goal> GOALS = List.of(Goal.UP, Goal.DOWN, Goal.LOCKDOWN, Goal.TRAP);

        public Run {
            hosts = List.copyOf(hosts);
            children = List.copyOf(children);
        }
    }

    /** {@code watch: carol}: one look of a watch, which brings up what packets have asked for since a trap was laid. */
    record Look(List<String> hosts) implements Step {
        public Look {
            hosts = List.copyOf(hosts);
        }
    }

    /** {@code firewall: [b, c]}: installs the packet filter's rules of each host's definition. */
    record Firewall(List<String> hosts) implements Step {
        public Firewall {
            hosts = List.copyOf(hosts);
        }
    }

    /**
     * {@code interface: {hosts: carol, up: ipsec0}} or {@code down}: makes or removes interfaces of the definition, whatever
     * uses them.
     */
    record Interface(List<String> hosts, boolean up, List<String> names) implements Step {
        public Interface {
            hosts = List.copyOf(hosts);
            names = List.copyOf(names);
        }
    }

    /** {@code define: {carol: carol-2.yaml}}: from now on a host's definition is another one; nothing else happens. */
    record Define(Map<String, Path> definitions) implements Step {
        public Define {
            definitions = Map.copyOf(definitions);
        }
    }

    /**
     * {@code rekey: {hosts: [carol, moon], phase: inbound}}: as the command of that name does it, for all children.
     *
     * @param phase absent if keys are derived
     */
    record Rekey(List<String> hosts, Optional<Goal> phase) implements Step {
        public Rekey {
            hosts = List.copyOf(hosts);
        }
    }

    /**
     * {@code ping: {from: carol, to: 10.1.0.10, size: 56}}.
     *
     * @param note what the reader is to learn from it
     * @param received how many replies must come; absent means all of them
     * @param rises how a host's counters of {@code xfrm_stat} must rise meanwhile; a host that is not named must see no
     *     counter rise
     */
    record Ping(
            String from,
            PingOptions request,
            Optional<String> note,
            Optional<Integer> received,
            Map<String, Rise> rises)
            implements Step {
        public Ping {
            rises = Map.copyOf(rises);
        }

        public int expected() {
            return received.orElse(request.count());
        }
    }

    /** {@code udp: {from: carol, to: 10.1.0.10, size: 1000}}: datagrams to an echo service; the rest as for a ping. */
    record Echo(
            String from,
            EchoOptions request,
            Optional<String> note,
            Optional<Integer> received,
            Map<String, Rise> rises)
            implements Step {
        public Echo {
            rises = Map.copyOf(rises);
        }

        public int expected() {
            return received.orElse(request.count());
        }
    }

    /**
     * {@code transfer: {from: carol, to: 10.1.0.10, bytes: 1000000}}: a file over TCP.
     *
     * @param received how many of its bytes must arrive; absent means all of them
     * @param rises as for a ping
     */
    record Transfer(
            String from,
            TransferOptions request,
            Optional<String> note,
            Optional<Integer> received,
            Map<String, Rise> rises)
            implements Step {
        public Transfer {
            rises = Map.copyOf(rises);
        }

        public int expected() {
            return received.orElse(request.bytes());
        }
    }

    /**
     * {@code probe: {from: moon, to: 10.1.0.10, child: home/net}}: finds out how long packets may really be.
     *
     * @param verdict what must come out; absent means any
     * @param passes the greatest packet that must pass; absent means any
     * @param rises as for a ping
     */
    record Probe(
            String from,
            ProbeRequest request,
            Optional<String> note,
            Optional<PathVerdict> verdict,
            Optional<Integer> passes,
            Map<String, Rise> rises)
            implements Step {
        public Probe {
            rises = Map.copyOf(rises);
        }
    }

    /**
     * What is to be found out.
     *
     * @param child whose tunnel it is; absent of a host that has none
     * @param tunnelMtu what the gateway says of its tunnel
     */
    record ProbeRequest(ProbeEnds ends, Optional<String> child, OptionalInt tunnelMtu) {}

    /** How a host's counters rise during a step. */
    sealed interface Rise {
        /** By exactly these, and no other counter. */
        record Exactly(Map<XfrmCounter, Long> counters) implements Rise {
            public Exactly {
                counters = Map.copyOf(counters);
            }
        }

        /** {@code any}: at least one does; which and how often is up to the sending program. */
        record Any() implements Rise {}

        /** {@code whatever}: perhaps, perhaps not; it hangs on moments that no two runs share. */
        record Whatever() implements Rise {}
    }

    /** {@code state: carol} and so on: prints one view of a host. */
    record Show(String host, View view) implements Step {}

    /** What a {@link Show} prints. */
    enum View {
        STATE,
        POLICY,
        STATUS,
        COUNTERS,
        FLOW,
        STATISTICS
    }

    /** {@code expect: {host: carol, rows: {IPComp in: {bytes: 8212, packets: 1}}}}: counters of the host's children. */
    record Expect(String host, List<ExpectedRow> rows) implements Step {
        public Expect {
            rows = List.copyOf(rows);
        }
    }

    /** One row of a counter table; {@code bytes} is absent where compression decides it. */
    record ExpectedRow(String label, Optional<Long> bytes, long packets) {}
}
