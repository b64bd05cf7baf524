package org.xfrmctl.cli;

import java.io.PrintWriter;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.text.MessageText;
import org.xfrmctl.netlink.text.TextOptions;

/** Prints the entries of a table as the kernel dumps them, and keeps none: a table may be larger than the heap. */
final class TablePrinter implements Consumer<NetlinkMessage> {
    /** About how many characters are written at once. */
    private static final int ENOUGH = 8192;

    private final MessageText printer;
    private final PrintWriter out;
    private final PrintWriter err;
    private final StringBuilder text = new StringBuilder(2 * ENOUGH);

    TablePrinter(TextOptions options, PrintWriter out, PrintWriter err) {
        this.printer = new MessageText(options);
        this.out = out;
        this.err = err;
    }

    /**
     * Prints a whole table.
     *
     * @param dump hands on the entries and says whether the table stood still meanwhile
     * @return the exit status
     */
    int print(Predicate<Consumer<NetlinkMessage>> dump) {
        try {
            if (dump.test(this)) {
                return ExitCode.DONE;
            }
            err.println(
                    "xfrmctl: the table changed while it was printed: entries may be missing, or stand there twice");
            err.println("  print it again");
            return ExitCode.FAILED;
        } finally {
            write();
            out.flush();
            err.flush();
        }
    }

    @Override
    public void accept(NetlinkMessage message) {
        printer.print(message, text).forEach(err::println);
        if (text.length() >= ENOUGH) {
            write();
        }
    }

    private void write() {
        out.append(text);
        text.setLength(0);
    }
}
