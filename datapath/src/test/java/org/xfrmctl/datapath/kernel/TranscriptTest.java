package org.xfrmctl.datapath.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.NetlinkTransport;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.xfrm.PolicyCodec;
import org.xfrmctl.netlink.xfrm.StateCodec;

/** The recorded session with a real kernel, request by request in its order: same replies, same acks, same events. */
class TranscriptTest {
    private static final int NEWSA = 16;
    private static final int NEWPOLICY = 19;
    private static final int NEWAE = 30;
    private static final int STATE_TIME = 16 + 160 + 16;
    private static final int POLICY_TIME = 16 + 120 + 16;

    private final KernelUnderTest kernel = new KernelUnderTest();

    @Test
    void answersAsRecorded() {
        load();
        assertThat(transcripts()).hasSize(26);
        for (String name : transcripts()) {
            byte[] request = KernelFixtures.message(name, "request").orElseThrow();
            List<byte[]> answers = kernel.ask(request);
            byte[] ack = KernelFixtures.message(name, "ack").orElseThrow();
            assertThat(masked(answers.get(answers.size() - 1))).as(name).isEqualTo(masked(ack));
            KernelFixtures.message(name, "reply")
                    .ifPresent(
                            reply -> assertThat(masked(answers.get(0))).as(name).isEqualTo(masked(reply)));
        }
    }

    @Test
    void announcesAsRecorded() {
        load();
        NetlinkTransport listener = kernel.open();
        List.of(2, 3, 4, 5, 7).forEach(listener::join);
        for (String name : transcripts()) {
            kernel.ask(KernelFixtures.message(name, "request").orElseThrow());
        }
        for (String name : KernelFixtures.names("event-")) {
            if (name.matches("event-(0[0-9]|1[012])-.*")) {
                byte[] event = KernelUnderTest.messages(listener.receive()).get(0);
                byte[] recorded = KernelFixtures.message(name);
                assertThat(withoutTimes(event)).as(name).isEqualTo(withoutTimes(recorded));
                assertThat(KernelFixtures.buffer(event).getInt(8))
                        .as("sequence number of %s", name)
                        .isEqualTo(KernelFixtures.buffer(recorded).getInt(8));
            }
        }
    }

    @Test
    void asksForAStateAsRecorded() {
        NetlinkTransport keyManager = kernel.open();
        XfrmState larval = StateCodec.decode(decoded("state-acquire-larval.hex"));
        XfrmPolicy policy = PolicyCodec.decode(decoded("event-acq-00-newpolicy.hex"));
        assertThat(kernel.namespace().events().acquire(larval, policy)).isFalse();
        keyManager.join(1);
        assertThat(kernel.namespace().events().acquire(larval, policy)).isTrue();
        assertThat(KernelFixtures.lines(
                        KernelUnderTest.messages(keyManager.receive()).get(0)))
                .isEqualTo(KernelFixtures.lines(KernelFixtures.message("event-acq-01-acquire.hex")));
    }

    private static NetlinkMessage decoded(String name) {
        return NetlinkMessage.split(KernelFixtures.buffer(KernelFixtures.message(name)))
                .get(0);
    }

    /** In the order of their sequence numbers. */
    private static List<String> transcripts() {
        return KernelFixtures.names("req-").stream()
                .sorted(Comparator.comparingInt(name -> KernelFixtures.buffer(
                                KernelFixtures.message(name, "request").orElseThrow())
                        .getInt(8)))
                .toList();
    }

    private void load() {
        CapturedTablesTest.loadStates(kernel);
        CapturedTablesTest.loadPolicies(kernel);
    }

    private static String masked(byte[] message) {
        return switch (KernelUnderTest.type(message)) {
            case NEWSA -> KernelFixtures.masked(message, STATE_TIME);
            case NEWPOLICY -> KernelFixtures.masked(message, POLICY_TIME);
            case NEWAE -> KernelFixtures.masked(message, 16 + 48 + 16 + 8 + 16);
            default -> KernelFixtures.masked(message);
        };
    }

    /** Every word that holds the time of the capture or of the test; the captures span less than 20 seconds. */
    private static String withoutTimes(byte[] message) {
        byte[] copy = message.clone();
        for (int at = 16; at + 4 <= copy.length; at += 4) {
            long word = Integer.toUnsignedLong(KernelFixtures.buffer(copy).getInt(at));
            if (Math.abs(word - KernelFixtures.CAPTURED_AT) < 20) {
                KernelFixtures.buffer(copy).putInt(at, 0);
            }
        }
        return KernelFixtures.masked(copy);
    }
}
