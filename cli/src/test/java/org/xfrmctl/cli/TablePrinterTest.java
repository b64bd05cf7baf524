package org.xfrmctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.PolicyAction;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.text.PolicyText;
import org.xfrmctl.netlink.text.TextOptions;
import org.xfrmctl.netlink.uapi.XfrmMsg;
import org.xfrmctl.netlink.xfrm.PolicyCodec;

class TablePrinterTest {
    private static final TextOptions OPTIONS = TextOptions.brief(ZoneOffset.UTC);
    private static final XfrmPolicy POLICY = XfrmPolicy.builder(
                    Selector.between(IpPrefix.parse("10.1.0.0/16"), IpPrefix.parse("10.2.0.0/16")), Direction.OUT)
            .action(PolicyAction.BLOCK)
            .build();

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final TablePrinter printer = new TablePrinter(OPTIONS, new PrintWriter(out), new PrintWriter(err));

    private static NetlinkMessage message() {
        MessageWriter writer = new MessageWriter();
        writer.begin(XfrmMsg.NEWPOLICY, 0, 1, 0);
        PolicyCodec.encodeDump(POLICY, writer);
        return NetlinkMessage.split(writer.end().datagram()).get(0);
    }

    @Test
    void printsAsManyEntriesAsCome() {
        int status = printer.print(entries -> {
            for (int i = 0; i < 1000; i++) {
                entries.accept(message());
            }
            return true;
        });

        assertThat(status).isEqualTo(ExitCode.DONE);
        assertThat(out.toString()).isEqualTo(PolicyText.print(POLICY, OPTIONS).repeat(1000));
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void saysThatTheTableChangedAfterPrintingIt() {
        int status = printer.print(entries -> {
            entries.accept(message());
            return false;
        });

        assertThat(status).isEqualTo(ExitCode.FAILED);
        assertThat(out.toString()).isEqualTo(PolicyText.print(POLICY, OPTIONS));
        assertThat(err.toString())
                .contains("the table changed while it was printed")
                .contains("print it again");
    }
}
