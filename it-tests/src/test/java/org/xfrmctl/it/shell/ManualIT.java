package org.xfrmctl.it.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfrmctl.cli.Main;
import org.xfrmctl.cli.kernel.RunningKernel;
import org.xfrmctl.cli.manual.Manual;
import org.xfrmctl.it.guest.Programs;
import org.xfrmctl.it.guest.RealKernel;

/** The man pages, as mandoc reads them. */
class ManualIT {
    @Test
    void mandocHasNothingToSay(@TempDir Path directory) {
        RealKernel.requireOrSkip(Programs.find("mandoc").isPresent(), "mandoc");
        Manual manual = new Manual(Main.commandLine(new RunningKernel()).getCommandSpec(), "2026-11-26", "xfrmctl 1");
        manual.write(directory);
        // What is long in the source is not long on the page: from "warning" on, and not from "style".
        List<String> lint = new ArrayList<>(List.of("mandoc", "-T", "lint", "-W", "warning"));
        manual.pages().keySet().forEach(page -> lint.add(directory.resolve(page).toString()));

        assertThat(Programs.output(lint)).isEmpty();
    }
}
