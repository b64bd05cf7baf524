package org.xfrmctl.it.pmtu;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.xfrmctl.cli.lab.namespace.NamespaceLaboratory;
import org.xfrmctl.it.scenario.RecordFile;

/** Runs inside the guest: every case in namespaces of the real kernel. The labs run side by side, for much of it is waiting. */
final class PathProof {
    static final String RESULT = "paths.json";

    /** By case, how many bytes arrived. */
    record Result(Map<String, Integer> received) {}

    private PathProof() {}

    /** The argument is the directory for the result. */
    public static void main(String[] arguments) throws IOException, InterruptedException, ExecutionException {
        ExecutorService workers = Executors.newFixedThreadPool(PathRun.ALL.size());
        List<Future<Map<String, Integer>>> running = new ArrayList<>();
        PathRun.ALL.forEach(run -> running.add(workers.submit(() -> run.received(NamespaceLaboratory::open))));
        Map<String, Integer> received = new LinkedHashMap<>();
        for (Future<Map<String, Integer>> each : running) {
            received.putAll(each.get());
        }
        workers.shutdown();
        RecordFile.write(Path.of(arguments[0]).resolve(RESULT), new Result(received));
    }
}
