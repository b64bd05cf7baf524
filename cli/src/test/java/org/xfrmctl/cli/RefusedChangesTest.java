package org.xfrmctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfrmctl.netlink.Errno;

/** A kernel that refuses in the middle of {@code up}: all or nothing, and the reason is told. */
class RefusedChangesTest {
    /** The changes of {@link CommandsTest}'s plan. */
    private static final int CHANGES = 10;

    private final Console console = new Console();
    private String file = "";

    @BeforeEach
    void write(@TempDir Path directory) {
        file = Definitions.write(directory, "carol.yaml", Definitions.GOOD);
    }

    private Console.Result upRefused(int nth, Errno errno, Optional<String> text) {
        console.between(kernel -> new RefusingTransport(kernel, nth, errno, text));
        Console.Result result = console.run("up", "-f", file);
        console.between(kernel -> kernel);
        return result;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, CHANGES})
    void nothingIsLeftBehind(int nth) {
        String before = console.tables();

        Console.Result result = upRefused(nth, Errno.EPERM, Optional.empty());

        assertThat(result.status()).isEqualTo(ExitCode.FAILED);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .startsWith("xfrmctl: ")
                .contains(": EPERM (Operation not permitted)\n", "  nothing is left behind: ");
        assertThat(console.tables()).as("the IPIP companions too").isEqualTo(before);
    }

    @Test
    void whatTheKernelSaysIsPassedOnWithAHint() {
        Console.Result result = upRefused(4, Errno.EPROTONOSUPPORT, Optional.of("Requested type not found"));

        assertThat(result.err()).isEqualTo("""
                xfrmctl: add state src 192.168.0.1 dst 192.168.0.100 proto comp spi 0x00001002 reqid 1485885271 mode tunnel: \
                EPROTONOSUPPORT (Protocol not supported): the kernel says "Requested type not found"
                  this kernel lacks CONFIG_INET_IPCOMP (module ipcomp): `modprobe ipcomp`, or use a kernel built with it
                  nothing is left behind: 4 other changes were undone
                """);
    }

    @Test
    void whatTheKernelCannotDoIsFoundBeforeAnythingIsChanged() {
        for (String command : List.of("up", "plan")) {
            console.between(kernel ->
                    RefusingTransport.ofRehearsals(kernel, Errno.ENOSYS, "Requested AEAD algorithm not found"));
            Console.Result result = console.run(command, "-f", file);
            console.between(kernel -> kernel);

            assertThat(result.status()).isEqualTo(ExitCode.FAILED);
            assertThat(result.err())
                    .startsWith(
                            "xfrmctl: nothing was changed: this kernel cannot do what the definition needs\n  add state src ")
                    .contains("rfc4106(gcm(aes)) is CONFIG_CRYPTO_GCM (module gcm)\n");
            assertThat(console.run("policy").out()).isEmpty();
        }
    }

    /** The two that went out with it. */
    @Test
    void whatWentOutBesideTheFirstIsUndoneToo() {
        assertThat(upRefused(1, Errno.EPERM, Optional.empty()).err())
                .endsWith("  nothing is left behind: 2 other changes were undone\n");
    }

    @Test
    void theNextRunSucceeds() {
        upRefused(7, Errno.ENOMEM, Optional.empty());

        assertThat(console.run("up", "-f", file).status()).isZero();
        assertThat(console.run("status", "-f", file).out()).startsWith("home/net: UP,");
    }

    @Test
    void aRefusedDownLeavesItUp() {
        console.run("up", "-f", file);
        console.between(kernel -> new RefusingTransport(kernel, 5, Errno.EPERM, Optional.empty()));

        Console.Result result = console.run("down", "-f", file);
        console.between(kernel -> kernel);

        assertThat(result.status()).isEqualTo(ExitCode.FAILED);
        assertThat(result.out()).isEmpty();
        assertThat(console.run("plan", "-f", file).out()).isEqualTo("nothing to do\n");
    }
}
