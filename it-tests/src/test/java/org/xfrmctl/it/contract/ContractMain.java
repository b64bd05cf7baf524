package org.xfrmctl.it.contract;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.xfrmctl.netlink.uapi.XfrmMsg;

/** Runs the contract on the kernel of this process and writes what became of each check, for {@link ContractIT} to judge. */
final class ContractMain {
    private ContractMain() {}

    /** The arguments are the file to write and the kernel's configuration, which need not be there. */
    public static void main(String[] arguments) throws IOException {
        MessageTypes seen = new MessageTypes();
        LinuxUnderTest kernel = new LinuxUnderTest(seen, Path.of(arguments[1]));
        List<ContractRecord.Outcome> outcomes = new ArrayList<>();
        for (Check check : Check.all()) {
            if (check.appliesTo(kernel)) {
                kernel.clear();
                outcomes.add(new ContractRecord.Outcome(check.name(), failure(check, kernel)));
            }
        }
        kernel.clear();
        ContractRecord record = new ContractRecord(
                kernel.offers(),
                outcomes,
                seen.types().stream().map(XfrmMsg::name).collect(Collectors.toSet()));
        Files.writeString(Path.of(arguments[0]), record.text());
    }

    private static String failure(Check check, KernelUnderTest kernel) {
        try {
            check.body().run(kernel);
            return "";
        } catch (Exception | AssertionError failed) {
            StringWriter trace = new StringWriter();
            failed.printStackTrace(new PrintWriter(trace, true));
            return trace.toString();
        }
    }
}
