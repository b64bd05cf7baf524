package org.xfrmctl.netlink.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.Fixtures;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.sys.InterfaceNames;
import org.xfrmctl.netlink.text.MonitorText.Stamp;
import org.xfrmctl.netlink.text.TextOptions.Keys;
import org.xfrmctl.netlink.uapi.XfrmMsg;
import org.xfrmctl.netlink.xfrm.PolicyCodec;
import org.xfrmctl.netlink.xfrm.StateCodec;

/**
 * Random messages of every kind, printed by the host's {@code ip} and by this package: the same bytes, and the same number
 * of complaints. {@code ip xfrm monitor file PATH} is not documented, asks no kernel and needs no privilege.
 */
class SameAsInstalledIpTest {
    private static final int MESSAGES = 2_500;
    private static final int VALUES = 400;

    private static InstalledIp ip;

    /** The names of interfaces, which neither side changes. */
    private final Map<Integer, String> interfaces = new HashMap<>();

    @TempDir
    Path directory;

    @BeforeAll
    static void find() {
        ip = InstalledIp.get();
    }

    @ParameterizedTest(name = "seed {0} statistics {1} oneline {2} zone {3}")
    @CsvSource({
        "1, false, false, UTC",
        "2, true, false, UTC",
        "3, false, true, UTC",
        "4, true, true, UTC",
        "5, true, false, Europe/Berlin",
        "6, true, true, America/St_Johns",
        "7, true, false, Australia/Lord_Howe"
    })
    void randomMessages(long seed, boolean statistics, boolean oneline, String zone) throws IOException {
        TextOptions options = options(zone).withStatistics(statistics).withOneline(oneline);
        RandomMessages random = new RandomMessages(seed);
        List<NetlinkMessage> messages = new ArrayList<>();
        while (messages.size() < MESSAGES) {
            NetlinkMessage message = random.next();
            if (!Unanswerable.is(message, options)) {
                messages.add(message);
            }
        }
        compare(messages, options, zone);
    }

    /** Values are printed by way of a message; they say what was written into it. */
    @ParameterizedTest(name = "seed {0} statistics {1}")
    @CsvSource({"11, false", "12, true"})
    void values(long seed, boolean statistics) throws IOException {
        TextOptions options = options("UTC").withStatistics(statistics);
        RandomObjects random = new RandomObjects(seed);
        MessageWriter out = new MessageWriter();
        StringBuilder ours = new StringBuilder();
        for (int i = 0; i < VALUES; i++) {
            XfrmState state = random.state();
            out.begin(XfrmMsg.NEWSA, 0, 0, 0);
            StateCodec.encodeDump(state, out);
            ours.append(StateText.print(state, options));
            XfrmPolicy policy = random.policy();
            out.end().begin(XfrmMsg.NEWPOLICY, 0, 0, 0);
            PolicyCodec.encodeDump(policy, out);
            ours.append(PolicyText.print(policy, options));
            out.end();
        }
        Path file = write(NetlinkMessage.split(out.datagram()));
        assertThat(ours.toString())
                .isEqualTo(ip.print(words(options), List.of(), file, "UTC").text());
    }

    /** {@code ip} takes the time itself, so the clock says what it said. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({"LONG, -t", "SHORT, -ts"})
    void timeAndNamespace(Stamp stamp, String option) throws IOException {
        RandomMessages random = new RandomMessages(13);
        List<NetlinkMessage> few = Stream.generate(random::next).limit(20).toList();
        TextOptions options = options("Europe/Berlin");
        Path file = write(few);
        String theirs = ip.print(List.of(option), List.of("all-nsid"), file, "Europe/Berlin")
                .text();
        Iterator<Instant> times = Timestamps.of(theirs, options.zone()).iterator();
        MonitorText monitor = new MonitorText(options, times::next, stamp);
        StringBuilder ours = new StringBuilder();
        ByteBuffer messages = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.nativeOrder());
        for (NetlinkMessage message : NetlinkMessage.split(messages)) {
            monitor.print(message, OptionalInt.empty(), ours);
        }
        assertThat(ours.toString()).isEqualTo(theirs);
        assertThat(times).isExhausted();
    }

    /** What a kernel sent, of every kind but two that it sends hardly ever. */
    @ParameterizedTest(name = "statistics {0} oneline {1}")
    @CsvSource({"false, false", "true, false", "true, true"})
    void capturedMessages(boolean statistics, boolean oneline) throws IOException {
        List<NetlinkMessage> messages =
                Fixtures.names("", ".hex").stream().map(Fixtures::message).toList();
        compare(messages, options("UTC").withStatistics(statistics).withOneline(oneline), "UTC");
    }

    private TextOptions options(String zone) {
        return TextOptions.brief(ZoneId.of(zone))
                .withKeys(Keys.SHOWN)
                .withVersion(ip.version())
                .withProtocolName(ProtocolNames.ofHost()::nameOf)
                .withInterfaceName(index -> interfaces.computeIfAbsent(index, SameAsInstalledIpTest::interfaceName));
    }

    private Path write(List<NetlinkMessage> messages) throws IOException {
        Path file = directory.resolve("messages");
        try (MessageFile out = new MessageFile(file)) {
            for (NetlinkMessage message : messages) {
                out.write(message);
            }
        }
        return file;
    }

    private static List<String> words(TextOptions options) {
        return Stream.of(options.statistics() ? "-s" : "", options.oneline() ? "-o" : "")
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private void compare(List<NetlinkMessage> messages, TextOptions options, String zone) throws IOException {
        InstalledIp.Output theirs = ip.print(words(options), List.of(), write(messages), zone);
        MessageText printer = new MessageText(options);
        StringBuilder ours = new StringBuilder();
        int at = 0;
        int complaints = 0;
        for (NetlinkMessage message : messages) {
            ours.setLength(0);
            complaints += printer.print(message, ours).size();
            if (!theirs.text().startsWith(ours.toString(), at)) {
                fail(
                        "%s%n%s%n%s prints%n%s%nand we%n%s",
                        message,
                        hex(message),
                        ip,
                        theirs.text().substring(at, Math.min(theirs.text().length(), at + ours.length() + 200)),
                        ours);
            }
            at += ours.length();
        }
        assertThat(theirs.text().substring(at)).isEmpty();
        assertThat(complaints).isEqualTo(theirs.complaints().size());
    }

    private static String hex(NetlinkMessage message) {
        byte[] bytes = new byte[message.bytes().limit()];
        message.bytes().get(0, bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static String interfaceName(int index) {
        return InterfaceNames.find(index).orElseGet(() -> TextOptions.numberedInterface(index));
    }
}
