package org.xfrmctl.it.guest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.xfrmctl.cli.lab.LabHostSpec;
import org.xfrmctl.cli.lab.LabInterfaceSpec;
import org.xfrmctl.cli.lab.LabLinkSpec;
import org.xfrmctl.cli.lab.LabRouteSpec;
import org.xfrmctl.cli.lab.LabTopology;
import org.xfrmctl.cli.lab.Laboratory;
import org.xfrmctl.cli.lab.namespace.CommandFailure;
import org.xfrmctl.cli.lab.namespace.NamespaceLaboratory;
import org.xfrmctl.datapath.host.PingOptions;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.XfrmCounter;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/**
 * Runs in the guest: carol, the gateway moon and alice behind it, with ESP and IPComp between carol and moon that {@code
 * ip xfrm} set up. Prints what it saw, one fact on each line, for {@link NamespaceLaboratoryIT} to judge.
 */
final class IpcompLabProof {
    private static final String KEY = "0x000102030405060708090a0b0c0d0e0f01020304";

    private final NamespaceLaboratory lab;

    private IpcompLabProof(NamespaceLaboratory lab) {
        this.lab = lab;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path results = Path.of(arguments[0]);
        try (NamespaceLaboratory lab = NamespaceLaboratory.open(topology("192.168.0.1"));
                NamespaceLaboratory twin = NamespaceLaboratory.open(topology("192.168.0.1"))) {
            IpcompLabProof proof = new IpcompLabProof(lab);
            proof.protect("192.168.0.100", "192.168.0.1", "10.1.0.0/16", 0x1001);
            proof.protect("fec0::100", "fec0::1", "fd01::/64", 0x2001);
            Laboratory.Capture wan = lab.capture("wan", results.resolve("wan.pcap"));
            Laboratory.Capture lan = lab.capture("lan", results.resolve("lan.pcap"));
            proof.pingThroughTheTunnel();
            wan.close();
            lan.close();
            proof.states();
            proof.pingAgainstABlockPolicy();
            new IpcompLabProof(twin).ping("the twin lab", "10.1.0.10", 56, Optional.empty(), false);
        }
        try (NamespaceLaboratory lab = NamespaceLaboratory.open(topology("172.16.0.1"))) {
            say("a route by way of nowhere", "was added to " + lab.namespaceOf("carol"));
        } catch (CommandFailure e) {
            say(
                    "a route by way of nowhere",
                    String.valueOf(e.getMessage()).lines().skip(1).findFirst());
        }
        say("namespaces left", GuestCommand.run("ip netns list").strip());
    }

    private static LabTopology topology(String gateway) {
        LabHostSpec carol = new LabHostSpec(
                "carol",
                false,
                List.of(on("wan", "192.168.0.100/24", "fec0::100/64")),
                List.of(route("10.1.0.0/16", gateway), route("fd01::/64", "fec0::1")));
        LabHostSpec moon = new LabHostSpec(
                "moon",
                true,
                List.of(on("wan", "192.168.0.1/24", "fec0::1/64"), on("lan", "10.1.0.1/16", "fd01::1/64")),
                List.of());
        LabHostSpec alice = new LabHostSpec(
                "alice",
                false,
                List.of(on("lan", "10.1.0.10/16", "fd01::10/64")),
                List.of(route("0.0.0.0/0", "10.1.0.1"), route("::/0", "fd01::1")));
        return new LabTopology(
                List.of(carol, moon, alice), List.of(new LabLinkSpec("wan", 1500), new LabLinkSpec("lan", 1500)));
    }

    private static LabInterfaceSpec on(String link, String... addresses) {
        return new LabInterfaceSpec(
                link, Arrays.stream(addresses).map(IpPrefix::parse).toList());
    }

    private static LabRouteSpec route(String destination, String via) {
        return new LabRouteSpec(IpPrefix.parse(destination), IpAddress.parse(via));
    }

    /** IPComp in tunnel mode inside ESP in transport mode, both ways, at both ends. */
    private void protect(String carol, String moon, String behindMoon, int number)
            throws IOException, InterruptedException {
        for (String host : List.of("carol", "moon")) {
            String outbound = host.equals("carol") ? carol : moon;
            for (String source : List.of(carol, moon)) {
                boolean out = source.equals(outbound);
                String ends = "src %s dst %s".formatted(source, source.equals(carol) ? moon : carol);
                int spi = number + (source.equals(carol) ? 0 : 1);
                String selector = source.equals(carol)
                        ? "src %s dst %s".formatted(carol, behindMoon)
                        : "src %s dst %s".formatted(behindMoon, carol);
                xfrm(host, "state add %s proto comp spi %d reqid 1 mode tunnel comp deflate".formatted(ends, spi));
                xfrm(
                        host,
                        "state add %s proto esp spi %d reqid 1 mode transport aead rfc4106(gcm(aes)) %s 128"
                                .formatted(ends, spi, KEY));
                for (String direction : out ? List.of("out") : List.of("in", "fwd")) {
                    xfrm(
                            host,
                            ("policy add %s dir %s tmpl %s proto comp reqid 1 mode tunnel level %s"
                                            + " tmpl %s proto esp reqid 1 mode transport")
                                    .formatted(selector, direction, ends, out ? "required" : "use", ends));
                }
            }
        }
    }

    private void pingThroughTheTunnel() {
        ping("IPv4 56", "10.1.0.10", 56, Optional.empty(), false);
        ping("IPv4 8184", "10.1.0.10", 8184, Optional.empty(), false);
        ping("IPv4 8184 unfragmented", "10.1.0.10", 8184, Optional.empty(), true);
        ping("IPv6 56", "fd01::10", 56, Optional.empty(), false);
        ping("IPv6 8184", "fd01::10", 8184, Optional.empty(), false);
    }

    private void states() {
        try (XfrmClient client = new XfrmClient(lab.host("carol").openNetlink())) {
            for (XfrmState state : client.listStates()) {
                say(
                        "state to " + state.id().destination() + " "
                                + state.id().protocol(),
                        state.current().packets() + " packets");
            }
        }
    }

    private void pingAgainstABlockPolicy() throws IOException, InterruptedException {
        xfrm("carol", "policy flush");
        xfrm("carol", "policy add src 192.168.0.100 dst 10.1.0.0/16 dir out action block");
        ping("blocked", "10.1.0.10", 56, Optional.empty(), false);
        ping("blocked, bound", "10.1.0.10", 56, Optional.of("192.168.0.100"), false);
        ping("no route", "172.16.0.1", 56, Optional.empty(), false);
        say("counted blocks", lab.host("carol").statistics().getOrDefault(XfrmCounter.OUT_POL_BLOCK, 0L));
    }

    private void ping(String what, String destination, int size, Optional<String> source, boolean dontFragment) {
        PingOptions request =
                new PingOptions(IpAddress.parse(destination), size, 2, source.map(IpAddress::parse), dontFragment, 0);
        say(what, lab.host("carol").ping(request));
    }

    private void xfrm(String host, String words) throws IOException, InterruptedException {
        GuestCommand.run("ip -n " + lab.namespaceOf(host) + " xfrm " + words);
    }

    private static void say(String what, Object value) {
        System.out.println(what + ": " + value);
    }
}
