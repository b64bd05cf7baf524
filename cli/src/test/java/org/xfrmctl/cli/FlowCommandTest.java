package org.xfrmctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class FlowCommandTest {
    private static final String DRAWING = """
            home/net

            out                   192.168.0.100/32 to 10.1.0.0/16
                                                 │ 0 packets, 0 bytes
              ┌──────────────────────────────────┴──────────────────────────────────┐
              │ IPComp 0x00001001 tunnel                                            │
              └────────────────┬────────────────────────────────────┬───────────────┘
                               │ compressed                         │ as they were
              ┌────────────────┴────────────────────────────────────┴───────────────┐
              │ ESP 0xc1000001                                                      │
              │ 0 packets, 0 bytes                                                  │
              └──────────────────────────────────┬──────────────────────────────────┘
                                                 │
                                                 ▼
                                   192.168.0.100 to 192.168.0.1

            in                     192.168.0.1 to 192.168.0.100
                                                 │
              ┌──────────────────────────────────┴──────────────────────────────────┐
              │ ESP 0xc1000002                                                      │
              │ 0 packets, 0 bytes                                                  │
              └────────────────┬────────────────────────────────────┬───────────────┘
                               │ compressed                         │ as they were
              ┌────────────────┴───────────────┐   ┌────────────────┴───────────────┐
              │ IPComp 0x00001002 tunnel       │   │ IPIP 0xc0a80001 tunnel         │
              └────────────────┬───────────────┘   └────────────────┬───────────────┘
                               │ 0 packets, 0 bytes                 │ 0 packets, 0 bytes
                               └─────────────────┬──────────────────┘
                                                 ▼
                                  10.1.0.0/16 to 192.168.0.100/32
            """;

    private final Console console = new Console();

    @TempDir
    private Path directory;

    private String file = "";

    @BeforeEach
    void write() {
        file = Definitions.write(directory, "carol.yaml", Definitions.GOOD);
    }

    private void up() {
        assertThat(console.run("up", "-f", file).status()).isZero();
    }

    @Test
    void drawsBothDirections() {
        up();

        assertThat(console.run("flow", "-f", file)).isEqualTo(new Console.Result(0, DRAWING, ""));
    }

    @Test
    void drawsTheSameOfWhatIsFoundButForTheName() {
        up();

        assertThat(console.run("flow", "--all").out())
                .isEqualTo(DRAWING.replace("home/net", "192.168.0.100 - 192.168.0.1, reqid 1485885271"));
    }

    @Test
    void whatIsMissingIsSaid() {
        assertThat(console.run("flow", "-f", file).out())
                .contains("│ IPComp is missing ", "│ ESP is missing ", " no state\n");
    }

    /** Two addresses of IPv6 beside each other are wider than a terminal. */
    @Test
    void longAddressesStandBelowEachOther() {
        String six = Definitions.GOOD
                .replace("192.168.0.100/32", "2001:db8:1111:2222:3333:4444:5555:6600/120")
                .replace("10.1.0.0/16", "2001:db8:1111:2222:aaaa:bbbb:cccc:dd00/120")
                .replace("192.168.0.100", "2001:db8:1111:2222:3333:4444:5555:6666")
                .replace("192.168.0.1\n", "2001:db8:1111:2222:aaaa:bbbb:cccc:1\n");
        String sixFile = Definitions.write(directory, "six.yaml", six);
        assertThat(console.run("up", "-f", sixFile).status()).isZero();

        assertThat(console.run("flow", "-f", sixFile).out().lines())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    }

    @Test
    void asciiHasTheSameShape() {
        up();
        String ascii = console.run("flow", "--ascii", "-f", file).out();

        assertThat(ascii).isASCII();
        assertThat(ascii.replaceAll("[-+|v]", "#")).isEqualTo(DRAWING.replaceAll("[─│┌┐└┘┴┬▼v-]", "#"));
    }

    @Test
    void aPictureIsWellFormedAndHasTheSameWords() throws Exception {
        up();
        Path picture = directory.resolve("home.svg");

        assertThat(console.run("flow", "-f", file, "--svg", picture.toString()))
                .isEqualTo(new Console.Result(0, "", ""));

        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(Files.readString(picture))));
        assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
        String words = document.getDocumentElement().getTextContent();
        assertThat(words).contains("home/net", "IPComp 0x00001001 tunnel", "IPIP 0xc0a80001 tunnel", "as they were");
    }

    @Test
    void aPictureDoesNotMove() throws IOException {
        Path picture = directory.resolve("home.svg");
        Console.Result result = console.run("flow", "-f", file, "--svg", picture.toString(), "--watch");

        assertThat(result.status()).isEqualTo(ExitCode.USAGE);
        assertThat(result.errors().get(0)).contains("a picture does not move: leave out --watch or --svg");
        assertThat(Files.exists(picture)).isFalse();
    }

    @Test
    void aPictureThatCannotBeWrittenIsTold() {
        up();
        Console.Result result = console.run(
                "flow", "-f", file, "--svg", directory.resolve("none/home.svg").toString());

        assertThat(result.status()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err()).contains("none/home.svg");
    }
}
