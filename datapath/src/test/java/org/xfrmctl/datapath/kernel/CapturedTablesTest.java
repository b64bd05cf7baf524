package org.xfrmctl.datapath.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.xfrmctl.netlink.NetlinkTransport;

/** The requests behind the captured tables give the same dumps and the same events, byte for byte. */
class CapturedTablesTest {
    private static final int REQUEST_ACK = 5;
    private static final int MULTI = 2;
    /** {@code curlft.add_time} in messages that begin with xfrm_usersa_info or xfrm_userpolicy_info. */
    private static final int STATE_TIME = 16 + 160 + 16;

    private static final int POLICY_TIME = 16 + 120 + 16;
    private static final List<Integer> POLICY_INDEXES = List.of(1, 8, 18, 25, 33, 40, 49, 57, 16385, 65, 73, 81);

    private final KernelUnderTest kernel = new KernelUnderTest();

    @Test
    void statesAreDumpedAsTheyWereCaptured() {
        loadStates(kernel);
        List<String> expected = new ArrayList<>();
        for (String key : stateOrder()) {
            expected.add(KernelFixtures.masked(KernelFixtures.message("state-dump-" + key + ".hex"), STATE_TIME));
        }
        assertThat(kernel.dump(18))
                .extracting(message -> KernelFixtures.masked(message, STATE_TIME))
                .containsExactlyElementsOf(expected);
    }

    @Test
    void aNewStateIsAnnouncedAsItWasCaptured() {
        NetlinkTransport listener = kernel.open();
        listener.join(3);
        for (int spi : spis()) {
            byte[] captured = KernelFixtures.message("event-newsa-spi-" + spi + ".hex");
            assertThat(kernel.errno(KernelFixtures.as(16, REQUEST_ACK, captured)))
                    .isZero();
            byte[] announced = KernelUnderTest.messages(listener.receive()).get(0);
            assertThat(KernelFixtures.masked(announced, STATE_TIME))
                    .isEqualTo(KernelFixtures.masked(captured, STATE_TIME));
        }
    }

    @Test
    void policiesAreDumpedAsTheyWereCaptured() {
        loadPolicies(kernel);
        List<Integer> newestFirst = new ArrayList<>(POLICY_INDEXES);
        Collections.reverse(newestFirst);
        List<String> expected = new ArrayList<>();
        for (int index : newestFirst) {
            expected.add(
                    KernelFixtures.masked(KernelFixtures.message("policy-dump-index-" + index + ".hex"), POLICY_TIME));
        }
        assertThat(kernel.dump(21))
                .extracting(message -> KernelFixtures.masked(message, POLICY_TIME))
                .containsExactlyElementsOf(expected);
        assertThat(kernel.dump(21))
                .allSatisfy(message ->
                        assertThat(KernelFixtures.buffer(message).getShort(6)).isEqualTo((short) MULTI));
    }

    @Test
    void aNewPolicyIsAnnouncedAsItWasCaptured() {
        NetlinkTransport listener = kernel.open();
        listener.join(4);
        for (int index : POLICY_INDEXES) {
            byte[] captured = KernelFixtures.message("event-newpolicy-index-" + index + ".hex");
            assertThat(kernel.errno(policyRequest(index))).isZero();
            byte[] announced = KernelUnderTest.messages(listener.receive()).get(0);
            assertThat(KernelFixtures.masked(announced, POLICY_TIME))
                    .isEqualTo(KernelFixtures.masked(captured, POLICY_TIME));
        }
    }

    static void loadStates(KernelUnderTest kernel) {
        for (int spi : spis()) {
            byte[] event = KernelFixtures.message("event-newsa-spi-" + spi + ".hex");
            assertThat(kernel.errno(KernelFixtures.as(16, REQUEST_ACK, event))).isZero();
        }
    }

    static void loadPolicies(KernelUnderTest kernel) {
        for (int index : POLICY_INDEXES) {
            assertThat(kernel.errno(policyRequest(index))).isZero();
        }
    }

    /** The captured event as a request; only the one policy that had asked for an index asks for it. */
    private static byte[] policyRequest(int index) {
        byte[] request =
                KernelFixtures.as(19, REQUEST_ACK, KernelFixtures.message("event-newpolicy-index-" + index + ".hex"));
        if (index != 16385) {
            KernelFixtures.buffer(request).putInt(16 + 156, 0);
        }
        return request;
    }

    private static List<Integer> spis() {
        return IntStream.rangeClosed(1001, 1017).boxed().toList();
    }

    /** Newest first; an implied state comes before its owner in time, so behind it here. */
    private static List<String> stateOrder() {
        return List.of(
                "proto50-spi-1017-192.0.2.17",
                "proto51-spi-1016-2001_db8__10",
                "proto50-spi-1015-2001_db8__f",
                "proto50-spi-1014-192.0.2.14",
                "proto50-spi-1013-192.0.2.13",
                "proto50-spi-1012-192.0.2.12",
                "proto50-spi-1011-192.0.2.11",
                "proto50-spi-1010-192.0.2.10",
                "proto50-spi-1009-192.0.2.9",
                "proto50-spi-1008-192.0.2.8",
                "proto108-spi-1007-2001_db8__7",
                "proto108-spi-1006-192.0.2.6",
                "proto108-spi-1005-2001_db8__5",
                "proto41-spi-1-2001_db8__5",
                "proto108-spi-1004-192.0.2.4",
                "proto4-spi-c0000201-192.0.2.4",
                "proto51-spi-1003-192.0.2.3",
                "proto50-spi-1002-2001_db8__2",
                "proto50-spi-1001-192.0.2.2");
    }
}
