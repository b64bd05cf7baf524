package org.xfrmctl.it.lifecycle;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.xfrmctl.cli.kernel.KernelSession;
import org.xfrmctl.cli.kernel.RunningKernel;
import org.xfrmctl.it.scenario.RecordFile;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.XfrmState;

/** A watch in a thread of its own, and somebody who does every harm to every object; on the real kernel, inside the guest. */
final class DriftProof {
    static final String RESULT = "drift.json";

    private static final IpAddress HERE = IpAddress.parse("192.168.0.100");
    private static final IpAddress PEER = IpAddress.parse("192.168.0.1");
    /** What a watch says of a state that it would have to replace. */
    static final String EXISTS = "exists with another reqid";

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(2);

    private final Program program;

    /**
     * What was repaired after how many milliseconds, and what was not.
     *
     * @param policies the changes to each policy that were repaired
     */
    record Result(
            Map<String, Set<String>> policies,
            List<String> repaired,
            List<Long> millis,
            List<String> left,
            String told) {
        /** How long it took. */
        @Override
        public String toString() {
            List<Long> sorted = millis.stream().sorted().toList();
            long longest = sorted.get(sorted.size() - 1);
            return "%d harms, repaired after %d to %d ms (%s), %d in the middle"
                    .formatted(
                            sorted.size(),
                            sorted.get(0),
                            longest,
                            repaired.get(millis.indexOf(longest)),
                            sorted.get(sorted.size() / 2));
        }
    }

    DriftProof(Program program) {
        this.program = program;
    }

    /** The arguments are the directory for the result and one for the program. */
    public static void main(String[] arguments) throws IOException {
        Result result = new DriftProof(Program.in(Path.of(arguments[1]), new RunningKernel())).result();
        RecordFile.write(Path.of(arguments[0]).resolve(RESULT), result);
    }

    Result result() {
        program.run("old up");
        try (BesideWatch watch = BesideWatch.start(
                program.kernel(), program.words("old watch --poll 3600").toArray(String[]::new))) {
            return result(watch, program.held());
        }
    }

    private Result result(BesideWatch watch, Held before) {
        Map<String, Set<String>> policies = new TreeMap<>();
        List<String> repaired = new ArrayList<>();
        List<Long> millis = new ArrayList<>();
        List<String> left = new ArrayList<>();
        Set<String> done = new HashSet<>();
        try (KernelSession somebody = new KernelSession(program.kernel().open())) {
            Optional<Harm> next = notYetDone(somebody, done);
            while (next.isPresent()) {
                Harm harm = next.orElseThrow();
                done.add(harm.name());
                long start = System.nanoTime();
                harm.deed().accept(somebody.tables());
                if (isRepaired(before)) {
                    repaired.add(harm.name());
                    millis.add(Duration.ofNanos(System.nanoTime() - start).toMillis());
                    if (harm.isToPolicy()) {
                        policies.computeIfAbsent(harm.object(), policy -> new TreeSet<>())
                                .add(harm.change());
                    }
                } else {
                    left.add(harm.name());
                    program.run("old up");
                }
                next = notYetDone(somebody, done);
            }
            replaceInbound(somebody);
        }
        await(() -> watch.complaints().contains(EXISTS));
        return new Result(policies, repaired, millis, left, watch.complaints());
    }

    /** Of what is there now: a repair puts objects elsewhere in the tables, and new ones where keys are derived. */
    private static Optional<Harm> notYetDone(KernelSession somebody, Set<String> done) {
        return Harm.of(somebody.snapshot(), HERE).stream()
                .filter(harm -> !done.contains(harm.name()))
                .findFirst();
    }

    private static void replaceInbound(KernelSession somebody) {
        XfrmState inbound = somebody.snapshot().states().stream()
                .filter(state ->
                        state.source().equals(PEER) && state.id().protocol().equals(IpProtocol.COMP))
                .findFirst()
                .orElseThrow();
        Harm.anotherInPlaceOf(inbound).deed().accept(somebody.tables());
    }

    private boolean isRepaired(Held before) {
        return await(() -> program.held().objects().equals(before.objects())
                && program.tried("old plan --for up").isEmpty());
    }

    /** Asks until it is so: how long that takes depends on the machine. */
    private static boolean await(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        boolean so = condition.getAsBoolean();
        while (!so && System.nanoTime() < end) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            so = condition.getAsBoolean();
        }
        return so;
    }
}
