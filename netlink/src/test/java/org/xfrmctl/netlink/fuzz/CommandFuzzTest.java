package org.xfrmctl.netlink.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.xfrmctl.model.definition.ConfigException;
import org.xfrmctl.netlink.command.BatchFile;
import org.xfrmctl.netlink.command.CommandException;
import org.xfrmctl.netlink.command.IpCommandParser;
import org.xfrmctl.netlink.command.TestHost;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;

/** Any text is a batch of commands or a {@link ConfigException}; what was read can be sent. */
class CommandFuzzTest {
    private final IpCommandParser parser = TestHost.parser();

    @FuzzTest(maxDuration = "1m")
    void batch(byte[] bytes) {
        List<BatchFile.Line> lines;
        try {
            lines = BatchFile.read("fuzz", new String(bytes, StandardCharsets.UTF_8), parser);
        } catch (ConfigException refused) {
            assertThat(refused.problems()).isNotEmpty().allSatisfy(problem -> {
                assertThat(problem.place().line()).isPositive();
                assertThat(problem.place().column()).isPositive();
                assertThat(problem.text()).isNotBlank();
            });
            return;
        }
        for (BatchFile.Line line : lines) {
            MessageWriter out = new MessageWriter();
            out.begin(line.request().type(), 0, 1, 0);
            line.request().body().accept(out);
            assertThat(NetlinkMessage.split(out.end().datagram())).hasSize(1);
            assertThat(line.request().description()).isNotBlank();
        }
    }

    /** Questions too, of which a batch has none. */
    @FuzzTest(maxDuration = "1m")
    void command(byte[] bytes) {
        try {
            assertThat(TestHost.parse(new String(bytes, StandardCharsets.UTF_8)).toString())
                    .isNotBlank();
        } catch (CommandException refused) {
            assertThat(refused.word()).isPositive();
            assertThat(refused.problem()).isNotBlank();
        }
    }
}
