package org.xfrmctl.model.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.LifetimeLimits;
import org.xfrmctl.model.LifetimeLimits.Limit;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.Reqid;

class DefinitionReaderTest {
    @TempDir
    Path directory;

    private static Child child(String options) {
        return DefinitionReader.parse(Sample.with("mode: tunnel", options), Sample.FILE)
                .children()
                .findFirst()
                .orElseThrow();
    }

    @Test
    void readsTheSample() {
        Child child = Sample.read().children().findFirst().orElseThrow();

        assertThat(child.name()).hasToString("home/net");
        assertThat(child.place()).isEqualTo(new Place("conf/home.yaml", 6, 7, "connections.home.children.net"));
        assertThat(child.endpoints().remote()).isEqualTo(IpAddress.parse("192.168.0.1"));
        assertThat(child.transform().esp().cipher()).isEqualTo("rfc4106(gcm(aes))");
        assertThat(child.transform().ipcomp()).isTrue();
        assertThat(child.transform().replayWindow()).isEqualTo(32);
        SaPair sas = (SaPair) child.sas();
        assertThat(sas.out().spi()).hasToString("0xc1000001");
        assertThat(sas.in().cpi()).hasToString("Optional[0x1002]");
        assertThat(child.policy().level()).isEqualTo(PolicyOptions.LevelChoice.AUTO);
        assertThat(child.headers()).isEqualTo(HeaderOptions.DEFAULT);
        assertThat(child.sizes()).isEqualTo(SizeOptions.DEFAULT);
        assertThat(child.lifetime()).isEqualTo(Lifetime.UNLIMITED);
        assertThat(Sample.read().secrets().get("carol-moon"))
                .isInstanceOfSatisfying(
                        SecretSource.File.class,
                        file -> assertThat(file.path()).isEqualTo(Path.of("conf/carol-moon.key")));
    }

    @Test
    void readsEveryOption() {
        Child child = child(EveryOption.TEXT);

        assertThat(child.headers())
                .isEqualTo(new HeaderOptions(HeaderOptions.CopyDf.NO, false, HeaderOptions.CopyDscp.IN));
        assertThat(child.sizes()).isEqualTo(new SizeOptions(OptionalInt.of(1300), new SizeOptions.Mss.Fixed(1200)));
        assertThat(child.policy())
                .isEqualTo(new PolicyOptions(
                        PolicyOptions.LevelChoice.USE,
                        Optional.of(-1),
                        Optional.of(new Reqid(77)),
                        PolicyOptions.OnDown.PASS,
                        PolicyOptions.StartAction.START,
                        true,
                        new Marks(
                                new Mark(1, 0xff),
                                new Mark(2, -1),
                                Optional.of(new Mark(3, 3)),
                                Optional.of(new Mark(4, -1)),
                                new IfId(5),
                                new IfId(-1))));
        assertThat(child.lifetime().limits())
                .isEqualTo(new LifetimeLimits(
                        new Limit(512L << 20, 1L << 30), new Limit(900, -1), new Limit(2700, 86400), Limit.NEVER));
        assertThat(child.transform().replayWindow()).isEqualTo(4096);
    }

    @Test
    void defaultsAreSwanctls() {
        Child child =
                DefinitionReader.parse("""
                        connections:
                          a:
                            local_addrs: [ "fec0::100" ]
                            remote_addrs: [ "fec0::1" ]
                            children:
                              b:
                                sas: { out: { spi: 256, key: k }, in: { spi: 4294967295, key: l } }
                        secrets: { k: { env: K }, l: { command: [pass, show, l] } }
                        """, Sample.FILE).children().findFirst().orElseThrow();

        assertThat(child.traffic().mode()).isEqualTo(Mode.TUNNEL);
        assertThat(child.traffic().local()).hasToString("[fec0::100/128]");
        assertThat(child.traffic().remote()).hasToString("[fec0::1/128]");
        assertThat(child.transform()).isEqualTo(new Transform(EspProposals.DEFAULT, false, 32, 0));
        assertThat(((SaPair) child.sas()).in().spi()).hasToString("0xffffffff");
    }

    @Test
    void jsonMeansTheSame() throws IOException {
        String yaml = Sample.with("mode: tunnel", EveryOption.TEXT);
        String json = new ObjectMapper()
                .writerWithDefaultPrettyPrinter()
                .writeValueAsString(new ObjectMapper(new YAMLFactory()).readTree(yaml));

        assertThat(Placeless.of(DefinitionReader.parse(json, Path.of("conf/home.json"))))
                .isEqualTo(Placeless.of(DefinitionReader.parse(yaml, Sample.FILE)));
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.0.0/16, 10.1.0.0/16",
        "dynamic, 192.168.0.1/32",
        "[udp], 192.168.0.1/32[udp]",
        "10.1.2.3, 10.1.2.3/32",
        "0.0.0.0/0, 0.0.0.0/0",
        "10.1.0.0/16[tcp/80], 10.1.0.0/16[tcp/80]",
        "10.1.0.0/16[6/80], 10.1.0.0/16[tcp/80]",
        "10.1.0.0/16[tcp/any], 10.1.0.0/16[tcp]",
        "10.1.0.0/16[udp/1024-2047], 10.1.0.0/16[udp/1024-2047]",
        "10.1.0.0/16[udp/0-65535], 10.1.0.0/16[udp]",
        "10.1.0.0/16[icmp/8], 10.1.0.0/16[icmp/8]",
        "10.1.0.0/16[icmp/3(4)], 10.1.0.0/16[icmp/3(4)]",
        "dynamic[gre], 192.168.0.1/32[gre]",
        "10.1.0.0/16[103], 10.1.0.0/16[103]"
    })
    void readsSelectors(String text, String printed) {
        Node node = new Node.Scalar(text, false, new Place("f", 1, 1, ""));
        TrafficSelector selector = TrafficSelectorText.read(node, IpAddress.parse("192.168.0.1"));

        assertThat(selector).hasToString(printed);
        Node again = new Node.Scalar(printed, false, node.place());
        assertThat(TrafficSelectorText.read(again, IpAddress.parse("10.9.9.9"))).isEqualTo(selector);
    }

    @Test
    void readsADirectoryInNameOrder() throws IOException {
        Files.writeString(directory.resolve("b.yaml"), part("two", 2));
        Files.writeString(directory.resolve("a.yml"), part("one", 1));
        Files.writeString(directory.resolve("c.json"), "{\"secrets\": {\"x\": {\"env\": \"X\"}}}");
        Files.writeString(directory.resolve("notes.txt"), "no definition");

        Definition definition = DefinitionReader.read(directory);

        assertThat(definition.connections()).extracting(Connection::name).containsExactly("one", "two");
        assertThat(definition.secrets()).hasSize(5);
    }

    private static String part(String name, int number) {
        return Sample.GOOD
                .replace("home", name)
                .replace("carol-moon", "out" + number)
                .replace("moon-carol", "in" + number)
                .replace("0xc100", "0xc10" + number)
                .replace("0x10", "0x2" + number);
    }

    @Test
    void namesAndNumbersAreUniqueAcrossFiles() throws IOException {
        Files.writeString(directory.resolve("a.yaml"), Sample.GOOD);
        Files.writeString(directory.resolve("b.yaml"), Sample.GOOD);
        Files.writeString(directory.resolve("c.yaml"), Sample.GOOD.replace("  home:", "  other:"));

        assertThatThrownBy(() -> DefinitionReader.read(directory))
                .hasMessageContaining("b.yaml:2:3: connections.home: connection \"home\" stands already at " + directory
                        + "/a.yaml:2:3; rename or remove one")
                .hasMessageContaining("secret \"carol-moon\" stands already at")
                .hasMessageContaining("spi 0xc1000001 toward 192.168.0.1 is taken at")
                .hasMessageContaining("cpi 0x1001 toward 192.168.0.1 is taken at");
    }

    @Test
    void includesAreReadOnceAndRelativeToTheirFile() throws IOException {
        Files.createDirectory(directory.resolve("sub"));
        Files.writeString(directory.resolve("main.yaml"), "include: [sub/a.yaml, sub]\n");
        Files.writeString(directory.resolve("sub/a.yaml"), Sample.GOOD);

        Definition definition = DefinitionReader.read(directory.resolve("main.yaml"));

        assertThat(definition.connections()).hasSize(1);
        assertThat(definition.secrets().get("carol-moon"))
                .isInstanceOfSatisfying(
                        SecretSource.File.class,
                        file -> assertThat(file.path()).isEqualTo(directory.resolve("sub/carol-moon.key")));
    }

    @Test
    void includeCirclesAreRefused() throws IOException {
        Files.writeString(directory.resolve("a.yaml"), "include: b.yaml\n");
        Files.writeString(directory.resolve("b.yaml"), "include: [a.yaml]\n");

        assertThatThrownBy(() -> DefinitionReader.read(directory.resolve("a.yaml")))
                .hasMessage(directory + "/b.yaml:1:11: include[0]: including " + directory
                        + "/a.yaml closes a circle; remove this include");
    }

    @Test
    void missingFilesAreNamed() throws IOException {
        Files.writeString(directory.resolve("a.yaml"), "include: [nowhere.yaml]\n");
        Files.createDirectory(directory.resolve("empty"));
        Path none = directory.resolve("none.yaml");

        assertThatThrownBy(() ->
                        DefinitionReader.read(List.of(directory.resolve("a.yaml"), none, directory.resolve("empty"))))
                .hasMessageContaining("a.yaml:1:11: include[0]: found \"nowhere.yaml\"; there is no ")
                .hasMessageContaining(none + ":1:1: there is no such file; check the path")
                .hasMessageContaining("empty has no *.yaml, *.yml or *.json");
    }

    @Test
    void bytesThatAreNoTextArePlaced() throws IOException {
        Path file = directory.resolve("a.yaml");
        Files.write(file, new byte[] {'a', ':', '\n', ' ', (byte) 0xff});

        assertThatThrownBy(() -> DefinitionReader.read(file))
                .hasMessage(file + ":2:2: a byte here is no UTF-8; save the file as UTF-8 text");
    }

    @Test
    void jsonSyntaxErrorsDoNotShowTheText() {
        assertThatThrownBy(() -> DefinitionReader.parse("{\"secrets\":\n  0011deadbeef", Path.of("a.json")))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("a.json:2:")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("dead"));
    }
}
