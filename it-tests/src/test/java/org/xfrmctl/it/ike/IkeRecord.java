package org.xfrmctl.it.ike;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.xfrmctl.it.guest.GuestCommand;

/** What a proof saw of its hosts, under names, for the test that judges it. */
final class IkeRecord {
    private final ObjectMapper json = new ObjectMapper();
    private final ObjectNode seen = json.createObjectNode();
    private final Map<String, Looks> looks = new HashMap<>();
    private final Path results;

    IkeRecord(Path results) {
        this.results = results;
    }

    void lookIn(String host) throws IOException {
        looks.put(host, Looks.in(host));
    }

    /** Of a command of xfrmctl in a host. */
    JsonNode look(String host, String name, String words) throws IOException {
        JsonNode answer =
                Objects.requireNonNull(looks.get(host), host).ask(words.replace("@", results.toString() + "/"));
        seen.set(host + " " + name, answer);
        return answer;
    }

    void text(String name, String text) {
        seen.put(name, text);
    }

    /** All that can be told of a host at one moment: by {@code ip}, and by xfrmctl. */
    void all(String host, String moment) throws IOException, InterruptedException {
        text(host + " ip " + moment, GuestCommand.run("ip -n " + host + " -s xfrm state"));
        look(host, "counters " + moment, "counters --all --json");
        look(host, "flow " + moment, "flow --all");
        look(host, "svg " + moment, "flow --all --svg @" + host + "-" + moment + ".svg");
        doctor(host, moment);
    }

    JsonNode doctor(String host, String moment) throws IOException {
        return json.readTree(look(host, "doctor " + moment, "doctor --json --seconds 0")
                .path("out")
                .asText());
    }

    void counters(String host, String moment) throws IOException {
        look(host, "counters " + moment, "counters --all --json");
    }

    void statistics(String host, String moment) throws IOException, InterruptedException {
        text(host + " xfrm_stat " + moment, GuestCommand.run("ip netns exec " + host + " cat /proc/net/xfrm_stat"));
    }

    /** Carries out the first command that each finding of a rule has. */
    void mend(String host, JsonNode findings, String rule) throws IOException, InterruptedException {
        for (JsonNode finding : findings) {
            if (finding.path("rule").asText().equals(rule)) {
                for (JsonNode fix : finding.path("fixes")) {
                    if (fix.has("command")) {
                        GuestCommand.run("ip netns exec " + host + " "
                                + fix.path("command").asText());
                        break;
                    }
                }
            }
        }
    }

    /** Whether an echo request of so many bytes of data was answered. */
    boolean ping(String host, String to, int size, String more) throws IOException, InterruptedException {
        String command = "ip netns exec " + host + " ping -n -c 1 -W 2 -s " + size + more + " " + to;
        return new ProcessBuilder(List.of(command.split(" ")))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    void pinged(String name, String host, String to, int size, String more) throws IOException, InterruptedException {
        text("ping " + name, ping(host, to, size, more) ? "answered" : "not answered");
    }

    void write() throws IOException {
        for (Looks each : looks.values()) {
            each.close();
        }
        Files.writeString(
                results.resolve("seen.json"),
                json.writerWithDefaultPrettyPrinter().writeValueAsString(seen));
    }
}
