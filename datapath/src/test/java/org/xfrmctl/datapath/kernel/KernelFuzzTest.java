package org.xfrmctl.datapath.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.xfrmctl.datapath.engine.PolicyEntry;
import org.xfrmctl.datapath.engine.SecurityAssociation;
import org.xfrmctl.datapath.engine.XfrmNamespace;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.NetlinkTransport;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/** Whatever a client sends, it is answered, others are served on, and the tables agree with themselves. */
class KernelFuzzTest {
    private static final int HEADER = 16;
    private static final int NLM_F_ACK = 4;
    private static final int LAST_SEQUENCE = 0x5eed_5eed;
    private static final int GROUPS = 9;

    private final XfrmNamespace namespace = new XfrmNamespace(
            Clock.fixed(Instant.ofEpochSecond(KernelFixtures.CAPTURED_AT), ZoneOffset.UTC), new Random(1));
    private final UserspaceKernel kernel = new UserspaceKernel(namespace);

    @FuzzTest(maxDuration = "1m")
    void datagrams(byte[] bytes) {
        KernelFuzzTest fresh = new KernelFuzzTest(); // Jazzer reuses the instance.
        fresh.sendAndCheck(bytes);
    }

    private void sendAndCheck(byte[] bytes) {
        try (NetlinkTransport client = kernel.open();
                NetlinkTransport listener = kernel.open()) {
            for (int group = 1; group <= GROUPS; group++) {
                listener.join(group);
            }
            client.send(
                    KernelFixtures.buffer(Crafted.state(Crafted.NEWSA, 0x1001).bytes()));
            client.send(KernelFixtures.buffer(Crafted.policy(Crafted.NEWPOLICY).bytes()));
            assertThat(answers(client)).isEqualTo(2);
            client.send(KernelFixtures.buffer(bytes));
            assertThat(answers(client)).isGreaterThanOrEqualTo(acknowledgementsAskedFor(bytes));
            assertThat(answers(client)).isZero();
        }
        assertThat(namespace.lock().isLocked()).isFalse();
        try (XfrmClient other = new XfrmClient(kernel.open())) {
            checkStates(other);
            checkPolicies(other);
        }
    }

    private void checkStates(XfrmClient client) {
        List<XfrmState> listed = client.listStates();
        List<SecurityAssociation> held = namespace.states().list();
        assertThat(listed).hasSameSizeAs(held);
        assertThat(client.countStates().states()).isEqualTo(held.size());
        for (SecurityAssociation association : held) {
            XfrmState state = association.definition();
            if (association.id().spi().bits() != 0 && canMatch(state.mark())) {
                assertThat(namespace.states().find(state.id(), state.mark().value()))
                        .as(state.toString())
                        .isPresent();
            }
        }
        client.flushStates(IpProtocol.ANY);
        assertThat(client.listStates()).allMatch(XfrmState::isImplied);
    }

    private void checkPolicies(XfrmClient client) {
        List<XfrmPolicy> listed = client.listPolicies();
        List<PolicyEntry> held = namespace.policies().list();
        assertThat(listed).hasSameSizeAs(held);
        for (XfrmPolicy policy : listed) {
            if (canMatch(policy.mark())) {
                assertThat(client.getPolicy(policy.key())).as(policy.toString()).isPresent();
            }
        }
        client.flushPolicies(PolicyType.MAIN);
        client.flushPolicies(PolicyType.SUB);
        assertThat(client.listPolicies()).isEmpty();
    }

    /** A value with bits outside its mask matches nothing, in the kernel neither. */
    private static boolean canMatch(Mark mark) {
        return (mark.value() & ~mark.mask()) == 0;
    }

    /** The number of datagrams that wait for a client: those before the answer to one more message. */
    private static int answers(NetlinkTransport client) {
        ByteBuffer last = KernelFixtures.buffer(new byte[HEADER]);
        last.putInt(0, HEADER).putShort(4, (short) 1).putShort(6, (short) NLM_F_ACK);
        client.send(last.putInt(8, LAST_SEQUENCE));
        int answers = 0;
        while (client.receive().getInt(8) != LAST_SEQUENCE) {
            answers++;
        }
        return answers;
    }

    private static int acknowledgementsAskedFor(byte[] bytes) {
        ByteBuffer datagram = KernelFixtures.buffer(bytes);
        int count = 0;
        int at = 0;
        while (bytes.length - at >= HEADER) {
            int length = datagram.getInt(at);
            if (length < HEADER || length > bytes.length - at) {
                break;
            }
            count += (datagram.getShort(at + 6) & NLM_F_ACK) / NLM_F_ACK;
            at += (length + 3) & ~3;
        }
        return count;
    }
}
