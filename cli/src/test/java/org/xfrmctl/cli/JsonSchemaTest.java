package org.xfrmctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfrmctl.cli.render.SchemaFiles;
import org.xfrmctl.model.DefaultPolicies;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.xfrm.XfrmEvent;
import picocli.CommandLine;

/** What {@code --json} prints is what the schemas of {@code docs/schema} say. */
class JsonSchemaTest {
    private final Console console = new Console();

    @TempDir
    private Path directory;

    private String file = "";

    @BeforeEach
    void write() {
        file = Definitions.write(directory, "carol.yaml", Definitions.GOOD);
    }

    private void valid(String schema, String command) {
        Console.Result result = console.run(command.replace("FILE", file)
                .replace("DIR", directory.toString())
                .split(" "));
        SchemaFiles.assertValid(schema, result.out());
    }

    /** Each line by itself. */
    private void validLines(String schema, String command) {
        console.run(command.replace("FILE", file).split(" "))
                .out()
                .lines()
                .forEach(line -> SchemaFiles.assertValid(schema, line));
    }

    @Test
    void whatIsNotThere() {
        valid("check", "check --json -f FILE");
        valid("keygen", "keygen --json -f FILE");
        valid("plan", "plan --json -f FILE");
        valid("status", "status --json -f FILE");
        valid("counters", "counters --json -f FILE");
        valid("doctor", "doctor --seconds 0 --json");
        valid("mtu", "mtu --json --link-mtu 1500 -f FILE");
        valid("firewall", "firewall --json -f FILE");
        valid("version", "version --json");
    }

    @Test
    void whatIsUp() {
        console.run("up", "-f", file);

        valid("plan", "plan --for down --json -f FILE");
        valid("status", "status --json -f FILE");
        validLines("status", "status --json -f FILE --watch=0.1 --count=2");
        valid("counters", "counters --json -f FILE");
        valid("counters", "counters --json --all");
        validLines("counters", "counters --json --all --watch=0.1 --count=2");
        validLines("mtu", "mtu --json --link-mtu 1500 -f FILE --watch=0.1 --count=1");
        valid("version", "version --kernel --json");
    }

    @Test
    void runs() {
        valid("run", "lockdown --json -f FILE");
        valid("run", "trap --json -f FILE");
        valid("run", "up --json -f FILE");
        valid("run", "up --json -f FILE");
        valid("run", "apply --json -f FILE");
        valid("run", "down --json -f FILE");
        valid("snapshot", "snapshot --json DIR/snapshot");
        assertThat(console.run("down", "--json", "-f", file).out())
                .contains("\"done\" : \"down\"", "\"on_down\" : \"block\"");
    }

    /** Nothing for programs but the status, and the reason for people. */
    @Test
    void whatIsRefusedPrintsNoObject() {
        console.run(
                "state",
                "add",
                "src",
                "192.168.0.100",
                "dst",
                "192.168.0.1",
                "proto",
                "esp",
                "spi",
                "0xc1000001",
                "mode",
                "tunnel",
                "enc",
                "cipher_null",
                "");

        Console.Result result = console.run("up", "--json", "-f", file);

        assertThat(result.status()).isEqualTo(ExitCode.FAILED);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("xfrmctl: ");
    }

    @Test
    void whatIsWrong() {
        console.run("up", "-f", file);
        console.run("state", "deleteall", "proto", "esp");

        assertThat(console.run("doctor", "--seconds", "0", "--json").out()).contains("\"severity\"");
        valid("doctor", "doctor --seconds 0 --json");
        validLines("doctor", "doctor --seconds 0 --json --watch=0.1 --count=1");
        valid("status", "status --json -f FILE");
    }

    /** Of a run that has not ended, and of children that are not defined any more. */
    @Test
    void whatTheJournalKnows() {
        console.named("netns-1");
        console.run("up", "-f", file, "--state-dir", directory.resolve("state").toString());
        String other = Definitions.write(directory, "other.yaml", Definitions.GOOD.replace("  home:", "  away:"));

        Console.Result result = console.run(
                "status",
                "--json",
                "-f",
                other,
                "--state-dir",
                directory.resolve("state").toString());

        assertThat(result.out()).contains("\"UNDEFINED\"");
        SchemaFiles.assertValid("status", result.out());
    }

    @Test
    void imports() {
        Definitions.file(directory.resolve("swanctl.conf"), ImportCommandTest.SWANCTL);
        Definitions.file(directory.resolve("dump"), ImportCommandTest.DUMP);

        valid("import", "import --json DIR/swanctl.conf");
        valid("import", "import --json --keys-to DIR/keys DIR/dump");
    }

    @Test
    void batches() {
        Definitions.file(directory.resolve("good"), "xfrm state flush\n");
        Definitions.file(directory.resolve("bad"), "xfrm state flsh\n");
        Definitions.file(directory.resolve("refused"), """
                xfrm state delete src ::1 dst ::2 proto esp spi 1
                xfrm state allocspi src ::1 dst ::2 proto esp mode transport min 0x100 max 0x200
                """);

        valid("batch", "batch --json DIR/good");
        valid("batch", "batch --json --dry-run DIR/good");
        valid("batch", "batch --json DIR/bad");
        valid("batch", "batch --json DIR/refused");
    }

    @Test
    void interfaces() {
        console.linkedBy(new RouteKernel());
        file = Definitions.write(directory, "gre.yaml", InterfaceRunsTest.GRE);

        valid("interface", "interface status --json -f FILE");
        valid("interface", "interface up --json -f FILE");
        valid("interface", "interface status --json -f FILE");
        valid("interface", "interface down --json -f FILE");
    }

    @Test
    void states() {
        valid("state", "state --json");
        console.run("up", "-f", file);

        valid("state", "state --json");
        valid("state", "state --json --show-keys");
        valid("state", "state --json get dst 192.168.0.1 proto esp spi 0xc1000001");
        valid("state", "state --json count");
        valid("state", "state --json allocspi dst 192.0.2.2 proto esp min 5 max 5");
        valid("state", "state --json deleteall proto comp");
        assertThat(console.run("state", "--json").out()).doesNotContain("\"key\"");
    }

    @Test
    void policies() {
        valid("policy", "policy --json");
        console.run("up", "-f", file);

        valid("policy", "policy --json");
        valid("policy", "policy --json get dir in index 8");
        valid("policy", "policy --json count");
        valid("policy", "policy --json getdefault");
        console.run("policy", "setdefault", "fwd", "block");
        valid("policy", "policy --json getdefault");
        valid("policy", "policy --json deleteall dir in");
    }

    @Test
    void events() throws Exception {
        MessageWriter messages = new MessageWriter();
        for (XfrmEvent event : List.of(
                new XfrmEvent.StatesFlushed(IpProtocol.ESP), new XfrmEvent.DefaultsSet(new DefaultPolicies(2, 1, 2)))) {
            event.encode(messages.begin(event.type(), 0, 7, 4711));
            messages.end();
        }
        Path heard = directory.resolve("heard");
        ByteBuffer bytes = messages.datagram();
        byte[] content = new byte[bytes.remaining()];
        bytes.get(content);
        Files.write(heard, content);

        assertThat(console.run("monitor", "--json", "--file", heard.toString()).out())
                .hasLineCount(2);
        validLines("monitor", "monitor --json --file " + heard);
        validLines("monitor", "monitor --json -t --file " + heard);
        validLines("monitor", "monitor --json -ts --file " + heard);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.168.0.100 10.1.0.10",
                "192.168.0.100 10.9.0.10",
                "--df --size 1500 192.168.0.100 10.1.0.10 udp 53",
                "--size 4000 192.168.0.100 10.1.0.10 udp 53",
                "--link-mtu 100 192.168.0.100 10.1.0.10",
                "--mark 5 --if-id 7 192.168.0.100 10.1.0.10",
                "2001:db8::1 2001:db8::2 tcp 443",
                "--in 10.1.0.10 192.168.0.100",
                "--in --size 1400 10.1.0.10 192.168.0.100 tcp 443:40000",
                "--fwd --size 200 10.1.0.10 192.168.0.100 tcp 443",
                "--fwd 10.1.0.10 10.7.0.1"
            })
    void explanations(String packet) {
        valid("explain", "explain --json " + packet);
        console.run("up", "-f", file);
        valid("explain", "explain --json " + packet);
        console.run("state", "deleteall", "proto", "esp");
        valid("explain", "explain --json " + packet);
        console.run("policy", "setdefault", "out", "block", "in", "block", "fwd", "block");
        console.run("policy", "deleteall");
        valid("explain", "explain --json " + packet);
    }

    @Test
    void snapshots() throws Exception {
        console.run("up", "-f", file);
        Path saved = directory.resolve("saved");
        assertThat(console.run("snapshot", saved.toString()).status()).isZero();

        SchemaFiles.assertValid("manifest", Files.readString(saved.resolve("manifest.json")));
        SchemaFiles.assertValid("state", Files.readString(saved.resolve("states.json")));
        SchemaFiles.assertValid("policy", Files.readString(saved.resolve("policies.json")));
        SchemaFiles.assertValid("policy", Files.readString(saved.resolve("defaults.json")));
    }

    @Test
    void filesOfKeysAndNoKeys() throws Exception {
        Files.delete(directory.resolve("carol-moon.key"));

        valid("keygen", "keygen --json -f FILE");
        assertThat(directory.resolve("carol-moon.key")).exists();
        assertThat(console.run("keygen", "--json", "aes128gcm16").status()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void everyCommandThatPrintsJsonIsInTheTitleOfASchema() {
        List<Set<String>> titles = SchemaFiles.titles().stream()
                .filter(title -> title.endsWith(" --json"))
                .map(title -> Set.of(title.split(",? ")))
                .toList();
        List<String> commands = new ArrayList<>();
        printing(Main.commandLine(console.kernel()), commands);

        assertThat(commands)
                .contains("xfrmctl state", "xfrmctl mtu probe")
                .allSatisfy(command ->
                        assertThat(titles).anyMatch(title -> title.containsAll(List.of(command.split(" ")))));
    }

    private static void printing(CommandLine command, List<String> names) {
        if (command.getCommandSpec().findOption("--json") != null) {
            names.add(command.getCommandSpec().qualifiedName());
        }
        command.getSubcommands().values().forEach(each -> printing(each, names));
    }

    @Test
    void everySchemaIsMeantByTheDocumentation() throws Exception {
        String page = Files.readString(Path.of("..", "docs", "JSON.md"));
        Set<String> linked = new TreeSet<>();
        page.lines()
                .filter(line -> line.contains("(schema/"))
                .flatMap(line -> List.of(line.split("\\(schema/")).stream().skip(1))
                .forEach(rest -> linked.add(rest.substring(0, rest.indexOf(".schema.json"))));

        assertThat(linked).containsExactlyElementsOf(SchemaFiles.names());
    }
}
