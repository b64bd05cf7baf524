package org.xfrmctl.it.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xfrmctl.it.guest.GuestCommand;

/** Runs in the guest: sends a packet that shows whether what was provoked does harm. */
record DoctorHarm(DoctorCase.Harm kind) {
    private static final String PING = "ping -q -c 1 -W 1 ";
    private static final String HERE = "ip netns exec moon " + PING;
    private static final Pattern PACKETS = Pattern.compile("counter packets (\\d+)");
    private static final Path FORWARDED = Path.of("/sys/class/net/lan/statistics/tx_packets");
    private static final Path ICMP = Path.of("/proc/net/snmp");

    boolean shows() throws IOException, InterruptedException {
        return switch (kind) {
            case NONE -> false;
            case LOST_HERE -> !passes(HERE + "-s 8 -I 10.1.0.1 10.2.0.1");
            case LOST_THERE -> !passes(PING + "-s 8 -I 10.2.0.1 10.1.0.1");
            case NOT_PASSED_ON -> {
                long before = Long.parseLong(Files.readString(FORWARDED).strip());
                passes(HERE + "-s 8 -I 10.1.0.1 10.2.0.9");
                yield Long.parseLong(Files.readString(FORWARDED).strip()) == before;
            }
            case CLEAR_OUT -> isSeenInClear();
            case CLEAR_IN -> isTakenInClear();
        };
    }

    /** Where the wire ends, before it is unpacked. */
    private static boolean isSeenInClear() throws IOException, InterruptedException {
        for (String command : List.of(
                "ip netns exec moon nft add table inet wire",
                "ip netns exec moon nft add chain inet wire seen { type filter hook prerouting priority -300 ; }",
                "ip netns exec moon nft add rule inet wire seen iif wan ip protocol icmp meta ipsec missing counter")) {
            GuestCommand.run(command);
        }
        passes(PING + "-s 8 -I 10.2.0.1 10.1.0.1");
        Matcher counted = PACKETS.matcher(GuestCommand.run("ip netns exec moon nft list chain inet wire seen"));
        GuestCommand.run("ip netns exec moon nft delete table inet wire");
        if (!counted.find()) {
            throw new IllegalStateException("nft lists no counter");
        }
        return !counted.group(1).equals("0");
    }

    /** The other gateway has a policy for a moment that sends one ping as it is; who counts it has asked the policies first. */
    private static boolean isTakenInClear() throws IOException, InterruptedException {
        String clear = "src 10.1.0.1/32 dst 10.2.0.1/32 dir out";
        GuestCommand.run("ip -n moon xfrm policy add " + clear + " priority 1");
        long before = echoes();
        passes(HERE + "-s 8 -I 10.1.0.1 10.2.0.1");
        long after = echoes();
        GuestCommand.run("ip -n moon xfrm policy delete " + clear);
        return after != before;
    }

    private static long echoes() throws IOException {
        List<String[]> icmp = Files.readAllLines(ICMP, StandardCharsets.US_ASCII).stream()
                .filter(line -> line.startsWith("Icmp:"))
                .map(line -> line.split(" ", -1))
                .toList();
        return Long.parseLong(icmp.get(1)[Arrays.asList(icmp.get(0)).indexOf("InEchos")]);
    }

    private static boolean passes(String ping) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(ping.split(" ")).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        return process.waitFor() == 0;
    }
}
