package org.xfrmctl.netlink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.xfrmctl.netlink.sys.AfNetlinkSocket;
import org.xfrmctl.netlink.sys.NetlinkProtocol;
import org.xfrmctl.netlink.sys.NetworkNamespace;

/**
 * A network namespace of this machine's kernel, made for the tests of one class and removed after them. It needs
 * CAP_NET_ADMIN and CAP_SYS_ADMIN; without, the class is skipped.
 */
public final class TestNamespace implements BeforeAllCallback, AfterAllCallback {
    private static final int CAP_NET_ADMIN = 12;
    private static final int CAP_SYS_ADMIN = 21;

    private final String label;
    private String name = "";
    private boolean made;

    public TestNamespace() {
        this("test");
    }

    /** One of several; the label tells them apart. */
    public TestNamespace(String label) {
        this.label = label;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        assumeTrue(Files.exists(Path.of("/proc/self/status")), "no Linux here");
        assumeTrue(hasCapability(CAP_NET_ADMIN), "missing: CAP_NET_ADMIN");
        assumeTrue(hasCapability(CAP_SYS_ADMIN), "missing: CAP_SYS_ADMIN");
        name = "xfrmctl-" + label + "-" + context.getRequiredTestClass().getSimpleName() + "-"
                + ProcessHandle.current().pid();
        made = run(List.of("ip", "netns", "add", name)).status() == 0;
        assumeTrue(made, "missing: a working `ip netns add`");
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (made) {
            assertThat(run(List.of("ip", "netns", "delete", name)).status()).isZero();
        }
    }

    /** As {@code ip netns} knows it. */
    public String name() {
        return name;
    }

    /** A socket in it. */
    public AfNetlinkSocket open(NetlinkProtocol protocol) {
        return AfNetlinkSocket.open(protocol, NetworkNamespace.named(name));
    }

    /** Runs {@code ip} in it with these words, and returns what it prints. */
    public String ip(String words) {
        List<String> command = new ArrayList<>(List.of("ip", "-n", name));
        command.addAll(List.of(words.split(" ", -1)));
        Outcome outcome = run(command);
        assertThat(outcome.status()).as("ip %s: %s", words, outcome.output()).isZero();
        return outcome.output();
    }

    /** Sets a kernel parameter in it, named as below /proc/sys. */
    public void set(String parameter, String value) {
        String write = "echo " + value + " > /proc/sys/" + parameter;
        Outcome outcome = run(List.of("ip", "netns", "exec", name, "sh", "-c", write));
        assertThat(outcome.status()).as("%s: %s", write, outcome.output()).isZero();
    }

    /** What {@code ip -d -j} prints, which is an array of objects. */
    public List<JsonNode> json(String words) {
        String printed = ip("-d -j " + words);
        try {
            List<JsonNode> objects = new ArrayList<>();
            new ObjectMapper().readTree(printed).forEach(objects::add);
            return objects;
        } catch (IOException e) {
            throw new UncheckedIOException("ip -j " + words + " printed " + printed, e);
        }
    }

    private record Outcome(int status, String output) {}

    private static Outcome run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            return new Outcome(process.waitFor(), output);
        } catch (IOException e) {
            assumeTrue(false, "missing: " + command.get(0) + ": " + e.getMessage());
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean hasCapability(int number) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("CapEff:"))
                .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                .anyMatch(effective -> (effective >>> number & 1) == 1);
    }
}
