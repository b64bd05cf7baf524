package org.xfrmctl.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.xfrmctl.it.guest.GuestJava;
import org.xfrmctl.it.guest.GuestKernel;
import org.xfrmctl.it.guest.GuestRun;
import org.xfrmctl.it.guest.RealKernel;
import org.xfrmctl.netlink.uapi.XfrmMsg;

/** The contract on every kernel that can be had here. */
class ContractIT {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    @TempDir
    private Path results;

    @TestFactory
    Stream<DynamicTest> userspace() {
        return Check.all().stream()
                .filter(check -> check.appliesTo(new UserspaceUnderTest()))
                .map(check ->
                        DynamicTest.dynamicTest(check.name(), () -> check.body().run(new UserspaceUnderTest())));
    }

    /** It has policies at least, and ESP or not. */
    @TestFactory
    Stream<DynamicTest> thisMachinesKernel() throws IOException, InterruptedException {
        Path file = results.resolve("record");
        OwnNamespace.run(ContractMain.class, List.of(file.toString(), "/proc/config.gz"), results);
        ContractRecord record = ContractRecord.parse(Files.readString(file));
        assertThat(record.offers()).contains(Need.LINUX);
        return tests(record);
    }

    @TestFactory
    Stream<DynamicTest> userModeLinux() throws IOException, InterruptedException {
        ContractRecord record = inGuest(RealKernel.userModeLinux());
        assertThat(record.offers()).isEqualTo(EnumSet.of(Need.LINUX, Need.TRANSFORMS, Need.CONFIG));
        DynamicTest everyType = DynamicTest.dynamicTest(
                "every type of message passed",
                () -> assertThat(record.messages()).containsAll(everyType()));
        return Stream.concat(tests(record), Stream.of(everyType));
    }

    @TestFactory
    Stream<DynamicTest> qemu() throws IOException, InterruptedException {
        ContractRecord record = inGuest(RealKernel.qemu());
        assertThat(record.offers()).isEqualTo(EnumSet.allOf(Need.class));
        return tests(record);
    }

    private ContractRecord inGuest(GuestKernel kernel) throws IOException, InterruptedException {
        Path file = results.resolve("record");
        Path config = Files.writeString(results.resolve("config"), kernel.config());
        List<String> arguments = List.of(file.toString(), config.toString());
        GuestRun run = kernel.run(GuestJava.command(ContractMain.class, arguments), results, LIMIT);
        assertThat(run.exitStatus()).as(run.console()).isZero();
        return ContractRecord.parse(Files.readString(file));
    }

    private static Stream<DynamicTest> tests(ContractRecord record) {
        return record.outcomes().stream()
                .map(outcome -> DynamicTest.dynamicTest(
                        outcome.check(), () -> assertThat(outcome.failure()).isEmpty()));
    }

    private static List<String> everyType() {
        return Stream.iterate(XfrmMsg.NEWSA, type -> type <= XfrmMsg.GETDEFAULT, type -> type + 1)
                .map(XfrmMsg::name)
                .toList();
    }
}
