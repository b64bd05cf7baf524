package org.xfrmctl.netlink.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.text.TextOptions.Keys;
import org.xfrmctl.netlink.uapi.XfrmMsg;
import org.xfrmctl.netlink.xfrm.PolicyCodec;
import org.xfrmctl.netlink.xfrm.StateCodec;

/**
 * Random states and policies, written to a file as messages, printed by the host's {@code ip} and by this package: the
 * same bytes. {@code ip xfrm monitor file PATH} is not documented, asks no kernel and needs no privilege.
 */
class SameAsInstalledIpTest {
    private static final int OBJECTS = 400;

    @TempDir
    Path directory;

    @ParameterizedTest(name = "seed {0} statistics {1} oneline {2} zone {3}")
    @CsvSource({
        "1, false, false, UTC",
        "2, true, false, UTC",
        "3, false, true, UTC",
        "4, true, true, UTC",
        "5, true, false, Europe/Berlin",
        "6, true, false, America/St_Johns"
    })
    void printsTheSame(long seed, boolean statistics, boolean oneline, String zone) throws IOException {
        String missing = InstalledIp.missing();
        assumeTrue(missing.isEmpty(), () -> "missing: " + missing);
        TextOptions options = TextOptions.brief(ZoneId.of(zone))
                .withKeys(Keys.SHOWN)
                .withStatistics(statistics)
                .withOneline(oneline)
                .withProtocolName(ProtocolNames.ofHost()::nameOf)
                .withInterfaceName(SameAsInstalledIpTest::interfaceName);
        RandomObjects random = new RandomObjects(seed);
        MessageWriter messages = new MessageWriter();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < OBJECTS; i++) {
            if (i % 2 == 0) {
                XfrmState state = random.state();
                messages.begin(XfrmMsg.NEWSA, 0, i, 0);
                StateCodec.encodeDump(state, messages);
                expected.add(StateText.print(state, options));
            } else {
                XfrmPolicy policy = random.policy();
                messages.begin(XfrmMsg.NEWPOLICY, 0, i, 0);
                PolicyCodec.encodeDump(policy, messages);
                expected.add(PolicyText.print(policy, options));
            }
            messages.end();
        }
        String printed = InstalledIp.print(ipOptions(statistics, oneline), write(messages.datagram()), zone);
        compare(printed, expected);
    }

    private static void compare(String printed, List<String> expected) {
        int at = 0;
        for (int i = 0; i < expected.size(); i++) {
            String object = expected.get(i);
            if (!printed.startsWith(object, at)) {
                String theirs = printed.substring(at, Math.min(printed.length(), at + object.length() + 200));
                fail("object %d: ip prints%n%s%nand we%n%s", i, theirs, object);
            }
            at += object.length();
        }
        assertThat(printed.substring(at)).isEmpty();
    }

    private Path write(ByteBuffer messages) throws IOException {
        Path file = directory.resolve("messages");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            while (messages.hasRemaining()) {
                channel.write(messages);
            }
        }
        return file;
    }

    private static List<String> ipOptions(boolean statistics, boolean oneline) {
        List<String> options = new ArrayList<>();
        if (statistics) {
            options.add("-s");
        }
        if (oneline) {
            options.add("-o");
        }
        return options;
    }

    private static String interfaceName(int index) {
        try {
            NetworkInterface found = index < 0 ? null : NetworkInterface.getByIndex(index);
            return found == null ? TextOptions.numberedInterface(index) : found.getName();
        } catch (SocketException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
