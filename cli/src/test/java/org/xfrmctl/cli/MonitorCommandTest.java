package org.xfrmctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfrmctl.model.DefaultPolicies;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Placement;
import org.xfrmctl.model.SaDirection;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.StateOptions;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.xfrm.XfrmEvent;

/** {@code xfrmctl monitor} as a person and a program see it. */
class MonitorCommandTest {
    private static final String STATE = "state add src 192.0.2.1 dst 192.0.2.2 proto esp spi 0x1001 mode tunnel aead"
            + " rfc4106(gcm(aes)) 0x" + Definitions.OUT_KEY + " 128";

    private final Console console = new Console();

    /** Runs monitor, and the commands once it listens. */
    private Console.Result watch(List<String> commands, String... words) {
        List<Runnable> script = new ArrayList<>();
        for (String command : commands) {
            script.add(() -> {
                console.between(kernel -> kernel);
                assertThat(console.run(command.split(" ")).status()).isZero();
            });
        }
        console.between(kernel -> new ScriptedTransport(kernel, script));
        return console.run(words);
    }

    @Test
    void whatHappensIsPrintedAsIpDoes() {
        Console.Result result = watch(
                List.of(STATE, "policy add dir in action block", "state flush", "policy setdefault out block"),
                "monitor");

        assertThat(result).isEqualTo(new Console.Result(0, """
                src 192.0.2.1 dst 192.0.2.2
                	proto esp spi 0x00001001 reqid 0 mode tunnel
                	replay-window 0\s
                	aead rfc4106(gcm(aes)) <<Keys hidden>> 128
                	anti-replay context: seq 0x0, oseq 0x0, bitmap 0x00000000
                	sel src 0.0.0.0/0 dst 0.0.0.0/0\s
                src 0.0.0.0/0 dst 0.0.0.0/0\s
                	dir in action block priority 0 ptype main\s
                Flushed state proto 0
                Default policies:
                 in:  accept
                 fwd: accept
                 out: block
                """, ""));
    }

    @Test
    void onlyWhatIsAskedForIsPrinted() {
        assertThat(watch(List.of(STATE, "policy add dir in action block"), "monitor", "-o", "policy", "aevent")
                        .out())
                .isEqualTo("src 0.0.0.0/0 dst 0.0.0.0/0 \\\tdir in action block priority 0 ptype main \\\n");
    }

    @Test
    void keysAreShownToWhoAsks() {
        assertThat(watch(List.of(STATE), "monitor", "--show-keys").out()).contains("0x" + Definitions.OUT_KEY);
    }

    @Test
    void theTimeMayStandInFront() {
        assertThat(watch(List.of("policy setdefault in block"), "monitor", "-ts")
                        .out())
                .matches(
                        "\\[\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}] Default policies:\n in:  block\n[^\\[]*");
        assertThat(watch(List.of("policy setdefault in block"), "monitor", "-t").out())
                .matches("Timestamp: \\w+ \\w+ [ \\d]\\d [\\d:]{8} \\d{4} \\d+ usec\nDefault policies:\n[^T]*");
        assertThat(console.run("monitor", "-t", "-ts").status()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void programsGetALineOfJsonForEach() throws JsonProcessingException {
        Console.Result result = watch(List.of(STATE, "state flush"), "monitor", "--json");

        assertThat(result.err()).isEmpty();
        List<JsonNode> lines = new ArrayList<>();
        for (String line : result.out().lines().toList()) {
            lines.add(new ObjectMapper().readTree(line));
        }
        assertThat(lines)
                .hasSize(2)
                .allSatisfy(line ->
                        assertThat(line.get("request").get("pid").asLong()).isPositive());
        assertThat(lines.get(0).get("state").get("spi").asText()).isEqualTo("0x00001001");
        assertThat(result.out()).doesNotContain(Definitions.OUT_KEY);
    }

    @Test
    void lostEventsAreTold() {
        List<Runnable> script = List.of(() -> {
            throw new NetlinkException(Errno.ENOBUFS.number(), "receive");
        });
        console.between(kernel -> new ScriptedTransport(kernel, script));
        assertThat(console.run("monitor"))
                .isEqualTo(
                        new Console.Result(
                                0,
                                "",
                                "xfrmctl: events were lost: they came faster than they were printed; those that follow may be older\n"));
        console.between(kernel -> new ScriptedTransport(kernel, script));
        assertThat(console.run("monitor", "--json").out()).isEqualTo("{\"event\":\"lost\"}\n");
    }

    /** As behind {@code | head}. */
    @Test
    void itEndsWhenNobodyReads() {
        List<Runnable> script = List.of(
                () -> {
                    console.between(kernel -> kernel);
                    assertThat(console.run(STATE.split(" ")).status()).isZero();
                },
                () -> {
                    throw new AssertionError("it waits for more");
                });
        console.between(kernel -> new ScriptedTransport(kernel, script));
        Console.Result result = console.run(new BrokenPipe(), "monitor");
        assertThat(result).isEqualTo(new Console.Result(0, "broken pipe", ""));
    }

    private static final class BrokenPipe extends Writer {
        @Override
        public void write(char[] buffer, int offset, int length) throws IOException {
            throw new IOException("broken pipe");
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}

        @Override
        public String toString() {
            return "broken pipe";
        }
    }

    @Test
    void aFileIsNotChosenFrom() {
        assertThat(console.run("monitor", "--file", "events", "policy"))
                .isEqualTo(new Console.Result(
                        ExitCode.USAGE,
                        "",
                        "xfrmctl: a file is printed whole: leave out \"policy\"\n  see \"xfrmctl monitor --help\"\n"));
    }

    @Test
    void anUnknownObjectIsNamed() {
        assertThat(console.run("monitor", "stat").err())
                .contains("stat", "all, acquire, expire, sa, state, policy, aevent, report, migrate, mapping");
    }

    private static Path file(Path directory, XfrmEvent... events) throws IOException {
        MessageWriter messages = new MessageWriter();
        for (XfrmEvent event : events) {
            event.encode(messages.begin(event.type(), 0, 0, 0));
            messages.end();
        }
        ByteBuffer bytes = messages.datagram();
        byte[] content = new byte[bytes.remaining()];
        bytes.get(content);
        return Files.write(directory.resolve("messages"), content);
    }

    @Test
    void releasesOfIpDiffer(@TempDir Path directory) throws IOException {
        Placement outbound = new Placement(Optional.of(SaDirection.OUT), OptionalInt.empty(), Optional.empty());
        XfrmState state = XfrmState.builder(
                        new SaId(IpAddress.ANY_V4, new Spi(0x1001), IpProtocol.ESP), IpAddress.ANY_V4)
                .options(StateOptions.NONE.withPlacement(outbound))
                .build();
        String file = file(directory, new XfrmEvent.StateAdded(state)).toString();

        assertThat(console.run("monitor", "--file", file, "--ip-version", "6.11")
                        .out())
                .contains("\tdir out\n");
        assertThat(console.run("monitor", "--file", file, "--ip-version", "6.2").out())
                .doesNotContain("dir out");
    }

    @Test
    void aFileIsPrintedWithoutAKernel(@TempDir Path directory) throws IOException {
        console.between(kernel -> {
            throw new AssertionError("a file needs no kernel");
        });
        Path file = file(
                directory,
                new XfrmEvent.StatesFlushed(IpProtocol.ESP),
                new XfrmEvent.DefaultsSet(
                        new DefaultPolicies(DefaultPolicies.ACCEPT, DefaultPolicies.BLOCK, DefaultPolicies.ACCEPT)));

        Console.Result whole = console.run("monitor", "--file", file.toString());
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 4));
        Console.Result cut = console.run("monitor", "--file", file.toString(), "--all-nsid");

        assertThat(whole).isEqualTo(new Console.Result(0, """
                Flushed state proto esp
                Default policies:
                 in:  accept
                 fwd: block
                 out: accept
                """, ""));
        assertThat(cut.out()).isEqualTo("[nsid current]Flushed state proto esp\n");
        assertThat(cut.err()).contains("message at offset 20", "ends after 16 of 20 bytes", "is the file whole?");
        assertThat(cut.status()).isEqualTo(ExitCode.FAILED);
    }
}
