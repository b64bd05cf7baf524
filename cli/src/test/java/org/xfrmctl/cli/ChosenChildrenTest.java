package org.xfrmctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code up}, {@code plan} and {@code down} with a name: the other children of the file are left as they are. */
class ChosenChildrenTest {
    private static final String TWO = """
            connections:
              home:
                local_addrs: 192.168.0.100
                remote_addrs: 192.168.0.1
                children:
                  net:
                    local_ts: 192.168.0.100/32
                    remote_ts: 10.1.0.0/16
                    sas:
                      out: { spi: 0xc1000001, key: carol-moon }
                      in:  { spi: 0xc1000002, key: moon-carol }
                  host:
                    local_ts: 192.168.0.100/32
                    remote_ts: 10.1.0.10/32
                    sas:
                      out: { spi: 0xc1000003, key: SECOND }
                      in:  { spi: 0xc1000004, key: fourth }
            secrets:
              carol-moon: { file: carol-moon.key }
              moon-carol: { file: moon-carol.key }
              third: { file: third.key }
              fourth: { file: fourth.key }
            """;

    private final Console console = new Console();
    private String file = "";
    private String colliding = "";

    @BeforeEach
    void write(@TempDir Path directory) {
        file = Definitions.write(directory, "two.yaml", TWO.replace("SECOND", "third"));
        colliding = Definitions.write(
                directory, "colliding.yaml", TWO.replace("SECOND", "third").replace("0xc1000003", "0xc1000001"));
        for (String name : new String[] {"third", "fourth"}) {
            Path key = directory.resolve(name + ".key");
            Definitions.file(key, Definitions.OUT_KEY.replace("00", name.equals("third") ? "33" : "44"));
            Definitions.mode(key, "rw-------");
        }
    }

    @Test
    void theSecondComesUpBesideTheFirst() {
        console.run("up", "-f", file, "home/net");
        String first = console.run("state", "-o").out();

        Console.Result second = console.run("up", "-f", file, "home/host");

        assertThat(second.status()).as(second.err()).isZero();
        assertThat(second.err()).isEmpty();
        assertThat(second.out()).endsWith("\nup: home/host\n").doesNotContain("0xc1000001", "0xc1000002", "\n-");
        assertThat(console.run("state", "-o").out()).endsWith(first);
        assertThat(console.run("plan", "-f", file).out()).isEqualTo("nothing to do\n");
    }

    @Test
    void theBlocksOfTheOtherAreNotStrangers() {
        console.run("up", "-f", file);
        console.run("down", "-f", file);

        Console.Result up = console.run("up", "-f", file, "home/net");

        assertThat(up.status()).as(up.err()).isZero();
        assertThat(up.err()).isEmpty();
        assertThat(console.run("plan", "-f", file, "home/net").status()).isZero();
        assertThat(console.run("plan", "-f", file, "home/host").status()).isEqualTo(ExitCode.CHANGES);
        assertThat(console.run("status", "-f", file).out()).contains("home/net: UP", "home/host: BLOCKED");
    }

    @Test
    void childrenThatCollideAreRefusedWhicheverIsNamed() {
        String before = console.tables();

        Console.Result up = console.run("up", "-f", colliding, "home/net");

        assertThat(up.status()).isNotZero();
        assertThat(up.err()).contains("0xc1000001");
        assertThat(console.tables()).isEqualTo(before);
    }
}
