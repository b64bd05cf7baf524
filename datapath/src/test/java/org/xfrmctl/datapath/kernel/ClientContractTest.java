package org.xfrmctl.datapath.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.LifetimeLimits;
import org.xfrmctl.model.LifetimeLimits.Limit;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.message.Request;
import org.xfrmctl.netlink.xfrm.XfrmClient;
import org.xfrmctl.netlink.xfrm.XfrmRequests;

/** What a client may rely on, asked of the userspace kernel through the same client that asks a real one. */
class ClientContractTest {
    private static final IpAddress LEFT = IpAddress.parse("192.0.2.1");
    private static final IpAddress RIGHT = IpAddress.parse("192.0.2.2");

    private final KernelUnderTest kernel = new KernelUnderTest();
    private final XfrmClient client = new XfrmClient(kernel.open());

    @Test
    void whatWasAddedIsListedAndFound() {
        client.addState(esp(0x1001));
        client.addState(esp(0x1002));
        assertThat(client.listStates())
                .extracting(state -> state.id().spi().bits())
                .containsExactly(0x1002, 0x1001);
        XfrmState found = client.getState(esp(0x1001).key()).orElseThrow();
        assertThat(found.toBuilder().current(esp(0x1001).current()).build()).isEqualTo(esp(0x1001));
        assertThat(client.getState(esp(0x1003).key())).isEmpty();
        assertThat(client.countStates().states()).isEqualTo(2);
    }

    @Test
    void whatWasRemovedIsRestoredWithItsCounters() {
        client.addState(esp(0x1001));
        LifetimeCurrent used =
                new LifetimeCurrent(84, 1, client.listStates().get(0).current().addTime() - 5, 3);
        XfrmState last = esp(0x1001).toBuilder().current(used).build();
        client.deleteState(last.key());
        client.restoreState(last);
        assertThat(client.listStates()).containsExactly(last);
    }

    /** Seen on Linux 6.1: a state of 100 seconds that is added at the age of 98 goes after 2. */
    @Test
    void theAgeOfARestoredStateCountsTowardItsLimits() {
        client.addState(esp(0x1001));
        long now = client.listStates().get(0).current().addTime();
        XfrmState old = esp(0x1002).toBuilder()
                .limits(new LifetimeLimits(Limit.INFINITE, Limit.INFINITE, new Limit(0, 100), Limit.NEVER))
                .current(new LifetimeCurrent(84, 1, now - 98, 0))
                .build();
        client.restoreState(old);
        kernel.clock().advance(1);
        assertThat(client.listStates()).hasSize(2);
        kernel.clock().advance(1);
        assertThat(client.listStates())
                .extracting(state -> state.id().spi().bits())
                .containsExactly(0x1001);
    }

    @Test
    void aSecondStateOfTheSameKeyIsRefused() {
        client.addState(esp(0x1001));
        refused(Errno.EEXIST, () -> client.addState(esp(0x1001)));
    }

    @Test
    void whatIsNotThereCannotBeDeletedOrUpdated() {
        refused(Errno.ESRCH, () -> client.deleteState(esp(0x1001).key()));
        refused(Errno.ESRCH, () -> client.updateState(esp(0x1001)));
        refused(Errno.ENOENT, () -> client.deletePolicy(policy(1).key()));
    }

    @Test
    void aDeletedStateIsGone() {
        client.addState(esp(0x1001));
        client.deleteState(esp(0x1001).key());
        assertThat(client.listStates()).isEmpty();
    }

    @Test
    void theCompanionOfACompressionStateComesAndGoesWithIt() {
        client.addState(ipcomp());
        XfrmState implied = client.listStates().get(1);
        assertThat(implied.isImplied()).isTrue();
        assertThat(client.getState(implied.key())).contains(implied);
        refused(Errno.EPERM, () -> client.deleteState(implied.key()));
        client.flushStates(IpProtocol.IPIP);
        assertThat(client.listStates()).hasSize(2);
        client.flushStates(IpProtocol.ANY);
        assertThat(client.listStates()).isEmpty();
    }

    @Test
    void aRefusalCarriesTheKernelsText() {
        XfrmState bare = esp(0x1001).toBuilder().algorithms(List.of()).build();
        assertThatExceptionOfType(NetlinkException.class)
                .isThrownBy(() -> client.addState(bare))
                .satisfies(refusal -> assertThat(refusal.refusal().kernel().text())
                        .contains("Missing required attribute for ESP: at least one of AUTH, AUTH_TRUNC, CRYPT,"
                                + " AEAD"));
    }

    @Test
    void policiesLiveLikeStates() {
        client.addPolicy(policy(1));
        refused(Errno.EEXIST, () -> client.addPolicy(policy(2)));
        client.updatePolicy(policy(3));
        XfrmPolicy found = client.getPolicy(policy(1).key()).orElseThrow();
        assertThat(found.priority()).isEqualTo(3);
        assertThat(found.index()).isEqualTo(1);
        assertThat(found.type()).contains(PolicyType.MAIN);
        assertThat(client.countPolicies().policies().out()).isEqualTo(1);
        client.deletePolicy(policy(1).key());
        assertThat(client.listPolicies()).isEmpty();
    }

    @Test
    void manyRequestsInOneDatagramAreAnsweredEachForItself() {
        List<Request> requests = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            requests.add(XfrmRequests.addState(esp(0x2000 + i / 2)));
        }
        List<Optional<NetlinkException>> outcomes = client.executeAll(requests);
        assertThat(outcomes).hasSize(300);
        for (int i = 0; i < 300; i++) {
            assertThat(outcomes.get(i).isPresent()).isEqualTo(i % 2 == 1);
        }
        assertThat(client.listStates()).hasSize(150);
    }

    private static void refused(Errno errno, Runnable request) {
        assertThatExceptionOfType(NetlinkException.class)
                .isThrownBy(request::run)
                .satisfies(refusal ->
                        assertThat(refusal.is(errno)).as("%s", refusal).isTrue());
    }

    private static XfrmState esp(int spi) {
        return XfrmState.builder(new SaId(RIGHT, new Spi(spi), IpProtocol.ESP), LEFT)
                .mode(Mode.TUNNEL)
                .reqid(new Reqid(7))
                .algorithms(List.of(new Algorithm.Aead("rfc4106(gcm(aes))", Key.of(new byte[20]), 128)))
                .build();
    }

    private static XfrmState ipcomp() {
        return XfrmState.builder(new SaId(RIGHT, new Spi(0x1234), IpProtocol.COMP), LEFT)
                .mode(Mode.TUNNEL)
                .algorithms(List.of(Algorithm.Compression.DEFLATE))
                .build();
    }

    private static XfrmPolicy policy(int priority) {
        Selector selector = Selector.between(IpPrefix.parse("10.1.0.0/16"), IpPrefix.any(Family.INET));
        return XfrmPolicy.builder(selector, Direction.OUT)
                .priority(priority)
                .templates(List.of(Template.tunnel(LEFT, RIGHT, IpProtocol.ESP, new Reqid(7), Level.REQUIRED)))
                .build();
    }
}
