package org.xfrmctl.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.xfrmctl.model.DefaultPolicies;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.LifetimeLimits;
import org.xfrmctl.model.LifetimeLimits.Limit;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.PolicyAction;
import org.xfrmctl.model.PolicyFlags;
import org.xfrmctl.model.PolicyIndex;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.PortMatch;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.message.Conversation;
import org.xfrmctl.netlink.message.Request;
import org.xfrmctl.netlink.xfrm.SpdInfo;
import org.xfrmctl.netlink.xfrm.XfrmClient;
import org.xfrmctl.netlink.xfrm.XfrmRequests;

/** The SPD. */
final class PolicyChecks {
    private PolicyChecks() {}

    static List<Check> all() {
        return List.of(
                Check.of("policies come back as they were asked for", PolicyChecks::comeBack),
                Check.of("a policy is named by its index too", PolicyChecks::byIndex),
                Check.of("an update replaces in place", PolicyChecks::update),
                Check.of("main and sub policies are flushed apart", PolicyChecks::flush),
                Check.of("counts are those of the directions", PolicyChecks::count),
                Check.of("default policies are set by direction", PolicyChecks::defaults),
                Check.of("hash thresholds are set by family", PolicyChecks::thresholds),
                Check.of("a hard limit removes a policy", PolicyChecks::expire),
                Check.of("a level beyond use is kept", PolicyChecks::oddLevel),
                Check.of("many requests have an outcome each", PolicyChecks::manyRequests));
    }

    private static List<XfrmPolicy> kinds() {
        Selector wide = new Selector(
                IpPrefix.parse("2001:db8::/32"),
                IpPrefix.any(Family.INET6),
                IpProtocol.UDP,
                PortMatch.exactly(4500),
                new PortMatch(0x1200, 0xff00),
                Selector.Binding.NONE);
        Template inner = Template.transport(Family.INET6, IpProtocol.COMP, new Reqid(9), Level.USE);
        return List.of(
                Samples.policy(1).build(),
                Samples.policy(2)
                        .action(PolicyAction.BLOCK)
                        .templates(List.of())
                        .priority(-1)
                        .build(),
                XfrmPolicy.builder(wide, Direction.IN)
                        .templates(List.of(
                                inner, Template.transport(Family.INET6, IpProtocol.ESP, new Reqid(9), Level.REQUIRED)))
                        .mark(new Mark(4, 0xf))
                        .ifId(new IfId(77))
                        .build(),
                Samples.policy(4)
                        .flags(new PolicyFlags(PolicyFlags.ICMP))
                        .limits(new LifetimeLimits(
                                new Limit(1, 2), new Limit(3, 4), new Limit(500, 600), new Limit(700, 800)))
                        .build(),
                Samples.policy(5).type(Optional.of(PolicyType.SUB)).build());
    }

    private static void comeBack(KernelUnderTest kernel) {
        try (XfrmClient client = kernel.client()) {
            List<XfrmPolicy> wanted = kinds();
            wanted.forEach(client::addPolicy);
            List<XfrmPolicy> listed = new ArrayList<>();
            client.listPolicies().forEach(policy -> listed.add(0, Samples.asAsked(policy)));
            assertThat(listed).isEqualTo(wanted);
            for (XfrmPolicy policy : wanted) {
                assertThat(client.getPolicy(policy.key()).map(Samples::asAsked)).contains(policy);
                client.deletePolicy(policy.key());
            }
            assertThat(client.listPolicies()).isEmpty();
        }
    }

    private static void byIndex(KernelUnderTest kernel) {
        try (XfrmClient client = kernel.client()) {
            client.addPolicy(Samples.policy(1).index(4097).build());
            PolicyIndex index = new PolicyIndex(4097, Direction.OUT, PolicyType.MAIN, Mark.NONE, IfId.NONE);
            assertThat(client.getPolicy(index).orElseThrow().key())
                    .isEqualTo(Samples.policy(1).build().key());
            client.deletePolicy(index);
            assertThat(client.getPolicy(index)).isEmpty();
        }
    }

    private static void update(KernelUnderTest kernel) {
        try (XfrmClient client = kernel.client()) {
            XfrmPolicy before = Samples.policy(1).build();
            client.addPolicy(before);
            int index = client.getPolicy(before.key()).orElseThrow().index();
            XfrmPolicy after =
                    before.toBuilder().priority(5).action(PolicyAction.BLOCK).build();
            client.updatePolicy(after);
            XfrmPolicy found = client.getPolicy(before.key()).orElseThrow();
            assertThat(Samples.asAsked(found)).isEqualTo(after);
            assertThat(found.index()).isEqualTo(index);
        }
    }

    private static void flush(KernelUnderTest kernel) {
        try (XfrmClient client = kernel.client()) {
            kinds().forEach(client::addPolicy);
            client.flushPolicies(PolicyType.MAIN);
            assertThat(client.listPolicies()).hasSize(1);
            client.flushPolicies(PolicyType.SUB);
            assertThat(client.listPolicies()).isEmpty();
        }
    }

    private static void count(KernelUnderTest kernel) {
        try (XfrmClient client = kernel.client()) {
            kinds().forEach(client::addPolicy);
            assertThat(client.countPolicies().policies()).isEqualTo(new SpdInfo.Counts(1, 4, 0));
        }
    }

    private static void defaults(KernelUnderTest kernel) {
        try (XfrmClient client = kernel.client()) {
            DefaultPolicies accept =
                    new DefaultPolicies(DefaultPolicies.ACCEPT, DefaultPolicies.ACCEPT, DefaultPolicies.ACCEPT);
            assertThat(client.getDefaults()).isEqualTo(accept);
            client.setDefaults(
                    new DefaultPolicies(DefaultPolicies.UNSPEC, DefaultPolicies.BLOCK, DefaultPolicies.UNSPEC));
            assertThat(client.getDefaults())
                    .isEqualTo(
                            new DefaultPolicies(DefaultPolicies.ACCEPT, DefaultPolicies.BLOCK, DefaultPolicies.ACCEPT));
            client.setDefaults(accept);
        }
    }

    private static void thresholds(KernelUnderTest kernel) {
        try (XfrmClient client = kernel.client()) {
            SpdInfo.Threshold before = client.countPolicies().hash().ipv6();
            client.setThresholds(new SpdInfo.Thresholds(Optional.of(new SpdInfo.Threshold(24, 25)), Optional.empty()));
            assertThat(client.countPolicies().hash().ipv4()).isEqualTo(new SpdInfo.Threshold(24, 25));
            assertThat(client.countPolicies().hash().ipv6()).isEqualTo(before);
            client.setThresholds(new SpdInfo.Thresholds(Optional.of(new SpdInfo.Threshold(32, 32)), Optional.empty()));
        }
    }

    private static void expire(KernelUnderTest kernel) {
        try (XfrmClient client = kernel.client()) {
            XfrmPolicy policy = Samples.policy(1).build();
            client.addPolicy(policy);
            client.expirePolicy(policy, false);
            assertThat(client.listPolicies()).hasSize(1);
            client.expirePolicy(policy, true);
            assertThat(client.listPolicies()).isEmpty();
        }
    }

    private static void oddLevel(KernelUnderTest kernel) {
        try (XfrmClient client = kernel.client()) {
            Template odd = Template.tunnel(Samples.THERE, Samples.HERE, IpProtocol.ESP, new Reqid(1), new Level(7));
            Selector any = Selector.any(Family.INET);
            XfrmPolicy policy = XfrmPolicy.builder(any, Direction.IN)
                    .templates(List.of(odd))
                    .build();
            client.addPolicy(policy);
            assertThat(client.getPolicy(policy.key()).orElseThrow().templates()).containsExactly(odd);
        }
    }

    /** Every seventh is a repetition, which the kernel refuses. */
    private static void manyRequests(KernelUnderTest kernel) {
        try (XfrmClient client = kernel.client()) {
            int count = 1000;
            List<String> outcomes = new ArrayList<>();
            Iterator<Request> requests = IntStream.range(0, count)
                    .mapToObj(i -> XfrmRequests.addPolicy(
                            Samples.policy(i % 7 == 6 ? i - 1 : i).build()))
                    .iterator();
            client.executeAll(requests, new Conversation.Outcomes() {
                @Override
                public void done(Request request) {
                    outcomes.add("done");
                }

                @Override
                public void refused(Request request, NetlinkException refusal) {
                    assertThat(refusal.is(Errno.EEXIST)).isTrue();
                    outcomes.add("refused");
                }
            });
            for (int i = 0; i < count; i++) {
                assertThat(outcomes.get(i)).as("request %d", i).isEqualTo(i % 7 == 6 ? "refused" : "done");
            }
            assertThat(client.listPolicies()).hasSize(count - count / 7);
        }
    }
}
