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

/** Runs inside the guest: what a probe says of every case in namespaces of the real kernel, the labs side by side. */
final class PathProbeProof {
    static final String RESULT = "probes.json";

    /** By case, the verdict and what passes. */
    record Result(Map<String, String> probed) {}

    private PathProbeProof() {}

    /** The argument is the directory for the result. */
    public static void main(String[] arguments) throws IOException, InterruptedException, ExecutionException {
        ExecutorService workers = Executors.newFixedThreadPool(PathRun.ALL.size());
        List<Future<Map<String, String>>> running = new ArrayList<>();
        PathRun.ALL.forEach(run -> running.add(workers.submit(() -> run.probed(NamespaceLaboratory::open))));
        Map<String, String> probed = new LinkedHashMap<>();
        for (Future<Map<String, String>> each : running) {
            probed.putAll(each.get());
        }
        workers.shutdown();
        RecordFile.write(Path.of(arguments[0]).resolve(RESULT), new Result(probed));
    }
}
