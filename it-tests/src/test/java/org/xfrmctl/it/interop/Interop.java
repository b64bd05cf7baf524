package org.xfrmctl.it.interop;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/** In the guest: gives both ends the objects of each case and has them ping each other. */
final class Interop {
    /** For what is bound to come: a machine may be slow. */
    private static final long PATIENCE_MILLIS = 20_000;
    /** For what is bound not to come. */
    private static final long SHORT_MILLIS = 100;

    private static final int[] SIZES = {8, 1000, 3000};

    private final RealEnd real;
    private final UserspaceEnd userspace;
    private final Random random;
    private int sequence;

    private Interop(RealEnd real, UserspaceEnd userspace, Random random) {
        this.real = real;
        this.userspace = userspace;
        this.random = random;
    }

    /** The arguments are the file to write, a line for a case, and the seed of what is random. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Random random = new Random(Long.parseLong(arguments[1]));
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(Path.of(arguments[0])), true);
                RealEnd real = RealEnd.build();
                UserspaceEnd userspace = UserspaceEnd.build(random)) {
            Interop interop = new Interop(real, userspace, random);
            for (InteropCase each : InteropCase.all()) {
                out.println(each + "\t" + interop.outcome(each));
            }
        }
    }

    private String outcome(InteropCase each) throws IOException {
        String refused = configure(real.client(), each, true);
        String alike = configure(userspace.client(), each, false);
        try {
            if (!refused.equals(alike)) {
                return "Linux: " + refused + "; userspace: " + alike;
            }
            return refused.isEmpty() ? exchange(each) : InteropCase.REFUSED + refused;
        } finally {
            clear(real.client(), each, true);
            clear(userspace.client(), each, false);
        }
    }

    /** The refusal, if there is one. */
    private static String configure(XfrmClient client, InteropCase each, boolean linux) {
        try {
            each.states().forEach(client::addState);
            each.policies(linux).forEach(client::addPolicy);
            return "";
        } catch (NetlinkException e) {
            return Errno.of(e.number()).map(Errno::name).orElse("?") + " "
                    + e.refusal().kernel().text().orElse("");
        }
    }

    private static void clear(XfrmClient client, InteropCase each, boolean linux) {
        for (XfrmPolicy policy : each.policies(linux)) {
            if (client.getPolicy(policy.key()).isPresent()) {
                client.deletePolicy(policy.key());
            }
        }
        client.flushStates(IpProtocol.ANY);
    }

    /** Stops at the first echo that is not answered. */
    private String exchange(InteropCase each) throws IOException {
        Map<String, Long> linuxBefore = real.statistics();
        Map<String, Long> userspaceBefore = userspace.statistics();
        List<String> faults = new ArrayList<>();
        long patience = each.isBroken() ? SHORT_MILLIS : PATIENCE_MILLIS;
        for (int i = 0; i < SIZES.length && faults.isEmpty(); i++) {
            if (!fromLinux(each, SIZES[i], patience)) {
                faults.add("no answer to Linux at " + SIZES[i]);
            }
            if (userspace.ping(each.far(), each.near(), SIZES[i], patience).received() != 1) {
                faults.add("no answer to userspace at " + SIZES[i]);
            }
        }
        if (each.isBroken() && faults.size() == 2) {
            return InteropCase.BROKEN;
        }
        difference("Linux", linuxBefore, real.statistics(), faults);
        difference("userspace", userspaceBefore, userspace.statistics(), faults);
        new CounterComparison(
                        each, real.client().listStates(), userspace.client().listStates())
                .check(faults);
        return faults.isEmpty() ? InteropCase.OK : String.join("; ", faults);
    }

    /** The middle size is of zeros, for compression; the others get no smaller. */
    private boolean fromLinux(InteropCase each, int size, long patience) throws IOException {
        byte[] data = new byte[size];
        if (size != SIZES[1]) {
            random.nextBytes(data);
        }
        EchoSocket socket = real.socket(each.near());
        socket.request(each.far(), ++sequence & 0xffff, data);
        BooleanSupplier more = userspace.patience(patience);
        while (more.getAsBoolean()) {
            if (socket.isAnswered(sequence & 0xffff, data)) {
                return true;
            }
        }
        return false;
    }

    private static void difference(
            String whose, Map<String, Long> before, Map<String, Long> after, List<String> faults) {
        Map<String, Long> more = new HashMap<>(after);
        before.forEach((counter, value) -> more.merge(counter, -value, Long::sum));
        more.values().removeIf(value -> value == 0);
        if (!more.isEmpty()) {
            faults.add(whose + " counts " + more);
        }
    }
}
