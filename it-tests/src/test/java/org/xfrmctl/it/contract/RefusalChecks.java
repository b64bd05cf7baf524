package org.xfrmctl.it.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.Placement;
import org.xfrmctl.model.PolicyKey;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.RawAttribute;
import org.xfrmctl.model.ReplayState;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.SaDirection;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.StateFlag;
import org.xfrmctl.model.StateFlags;
import org.xfrmctl.model.StateOptions;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.uapi.Xfrma;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/** What a refusal tells: errno, the kernel's words, the field, and what to do. */
final class RefusalChecks {
    private RefusalChecks() {}

    static List<Check> all() {
        return List.of(
                Check.of("EEXIST names the state in the way", RefusalChecks::stateInTheWay, Need.TRANSFORMS),
                Check.of("EEXIST names the policy in the way", RefusalChecks::policyInTheWay),
                Check.of("ESRCH and ENOENT say what was looked for", RefusalChecks::absent),
                Check.of("ENOSYS names the algorithm's module", RefusalChecks::unknownAlgorithm),
                Check.of("a missing attribute is in the kernel's words", RefusalChecks::missingAlgorithm),
                Check.of("an attribute that is too short is named, and what it may be", RefusalChecks::shortAttribute),
                Check.of("ESN without a window is explained", RefusalChecks::esnWithoutWindow, Need.TRANSFORMS),
                Check.of("a CPI beyond 16 bits is explained", RefusalChecks::largeCpi),
                Check.of("a key of the wrong length is explained", RefusalChecks::wrongKey, Need.TRANSFORMS),
                Check.of("an optional tunnel outbound is explained", RefusalChecks::optionalTunnel),
                Check.of("too many templates are refused", RefusalChecks::sevenTemplates),
                Check.of("a direction brings checks of its own", RefusalChecks::direction, Need.DIRECTION),
                Check.of("a migration of nothing is explained", RefusalChecks::migration));
    }

    static NetlinkException refusal(Runnable request, Errno errno) {
        NetlinkException[] caught = new NetlinkException[1];
        assertThatExceptionOfType(NetlinkException.class)
                .isThrownBy(request::run)
                .satisfies(refusal -> {
                    assertThat(refusal.is(errno)).as(refusal.getMessage()).isTrue();
                    caught[0] = refusal;
                });
        return caught[0];
    }

    private static void stateInTheWay(KernelUnderTest kernel) {
        try (XfrmClient client = kernel.client()) {
            client.addState(Samples.esp(0x1001).mark(new Mark(5, 0xff)).build());
            client.addState(Samples.esp(0x1001).reqid(new Reqid(99)).build());
            NetlinkException refusal =
                    refusal(() -> client.addState(Samples.esp(0x1001).build()), Errno.EEXIST);
            assertThat(refusal.refusal().advice().inTheWay())
                    .contains("src 192.0.2.1 dst 192.0.2.2 proto esp spi 0x00001001 reqid 99 mode tunnel");
            assertThat(refusal.hint().orElse("")).contains("the source does not tell them apart");
        }
    }

    private static void policyInTheWay(KernelUnderTest kernel) {
        try (XfrmClient client = kernel.client()) {
            client.addPolicy(Samples.policy(1).priority(3).build());
            NetlinkException refusal =
                    refusal(() -> client.addPolicy(Samples.policy(1).build()), Errno.EEXIST);
            assertThat(refusal.refusal().advice().inTheWay().orElse(""))
                    .containsPattern("dst 10.0.0.1/32 dir out index \\d+ action allow priority 3");
            assertThat(refusal.advice()).hasSize(2);
        }
    }

    private static void absent(KernelUnderTest kernel) {
        try (XfrmClient client = kernel.client()) {
            NetlinkException state =
                    refusal(() -> client.deleteState(Samples.esp(0x1001).build().key()), Errno.ESRCH);
            assertThat(state)
                    .hasMessageStartingWith("delete state src 192.0.2.1 dst 192.0.2.2 proto esp spi 0x00001001: ESRCH");
            NetlinkException policy =
                    refusal(() -> client.deletePolicy(Samples.policy(1).build().key()), Errno.ENOENT);
            assertThat(policy.hint().orElse("")).contains("each exactly so");
        }
    }

    private static void unknownAlgorithm(KernelUnderTest kernel) {
        try (XfrmClient client = kernel.client()) {
            XfrmState state = Samples.esp(0x1001)
                    .algorithms(List.of(new Algorithm.Aead("rfc4106(gcm(aes))", Samples.key(20), 120)))
                    .build();
            NetlinkException refusal = refusal(() -> client.addState(state), Errno.ENOSYS);
            assertThat(refusal.refusal().kernel().text()).contains("Requested AEAD algorithm not found");
            assertThat(refusal.hint().orElse("")).contains("rfc4106(gcm(aes)) is CONFIG_CRYPTO_GCM");
        }
    }

    private static void missingAlgorithm(KernelUnderTest kernel) {
        try (XfrmClient client = kernel.client()) {
            NetlinkException refusal = refusal(
                    () -> client.addState(
                            Samples.esp(0x1001).algorithms(List.of()).build()),
                    Errno.EINVAL);
            assertThat(refusal.refusal().kernel().text().orElse(""))
                    .startsWith("Missing required attribute for ESP: at least one of AUTH");
        }
    }

    private static void shortAttribute(KernelUnderTest kernel) {
        try (XfrmClient client = kernel.client()) {
            XfrmState state = Samples.esp(0x1001)
                    .options(StateOptions.NONE.withOther(
                            List.of(new RawAttribute(Xfrma.TFCPAD, Bytes.of((byte) 1, (byte) 2)))))
                    .build();
            NetlinkException refusal = refusal(() -> client.addState(state), Errno.ERANGE);
            assertThat(refusal.refusal().kernel().field()).contains("tfcpad");
            assertThat(refusal.refusal().kernel().allowed()).contains("u32 from 0 to 4294967295");
        }
    }

    private static void esnWithoutWindow(KernelUnderTest kernel) {
        try (XfrmClient client = kernel.client()) {
            XfrmState state = Samples.esp(0x1001)
                    .flags(StateFlags.NONE.with(StateFlag.ESN))
                    .replay(new ReplayState.Extended(0, 0, 0, List.of(0)))
                    .build();
            assertThat(refusal(() -> client.addState(state), Errno.EINVAL)
                            .hint()
                            .orElse(""))
                    .contains("need a replay window");
        }
    }

    private static void largeCpi(KernelUnderTest kernel) {
        try (XfrmClient client = kernel.client()) {
            assertThat(refusal(() -> client.addState(Samples.ipcomp(0x10000).build()), Errno.EINVAL)
                            .hint()
                            .orElse(""))
                    .contains("a CPI has 16 bits", "0x100 to 0xefff");
        }
    }

    private static void wrongKey(KernelUnderTest kernel) {
        try (XfrmClient client = kernel.client()) {
            XfrmState state = Samples.esp(0x1001)
                    .algorithms(List.of(new Algorithm.Aead("rfc4106(gcm(aes))", Samples.key(19), 128)))
                    .build();
            NetlinkException refusal = refusal(() -> client.addState(state), Errno.EINVAL);
            assertThat(refusal.hint().orElse("")).contains("the key does not fit the algorithm");
            assertThat(refusal).hasMessageNotContaining("5a5a");
        }
    }

    private static void optionalTunnel(KernelUnderTest kernel) {
        try (XfrmClient client = kernel.client()) {
            Template optional = Template.tunnel(Samples.HERE, Samples.THERE, IpProtocol.ESP, new Reqid(1), Level.USE);
            NetlinkException refusal = refusal(
                    () -> client.addPolicy(
                            Samples.policy(1).templates(List.of(optional)).build()),
                    Errno.EINVAL);
            assertThat(refusal.hint().orElse("")).contains("in clear");
        }
    }

    private static void sevenTemplates(KernelUnderTest kernel) {
        try (XfrmClient client = kernel.client()) {
            List<Template> seven = IntStream.range(0, 7)
                    .mapToObj(i -> Template.transport(Family.INET, IpProtocol.ESP, new Reqid(i), Level.REQUIRED))
                    .toList();
            NetlinkException refusal = refusal(
                    () -> client.addPolicy(Samples.policy(1).templates(seven).build()), Errno.EINVAL);
            assertThat(refusal.refusal().kernel().text().orElse("")).contains("XFRM_MAX_DEPTH (6)");
        }
    }

    private static void direction(KernelUnderTest kernel) {
        try (XfrmClient client = kernel.client()) {
            Placement out = new Placement(Optional.of(SaDirection.OUT), OptionalInt.empty(), Optional.empty());
            XfrmState state = Samples.esp(0x1001)
                    .replay(new ReplayState.Basic(32, 0, 0, 0))
                    .options(StateOptions.NONE.withPlacement(out))
                    .build();
            assertThat(refusal(() -> client.addState(state), Errno.EINVAL)
                            .refusal()
                            .kernel()
                            .text()
                            .orElse(""))
                    .containsIgnoringCase("replay");
        }
    }

    private static void migration(KernelUnderTest kernel) {
        try (XfrmClient client = kernel.client()) {
            PolicyKey key = new PolicyKey(
                    Direction.OUT,
                    PolicyType.MAIN,
                    Selector.between(IpPrefix.host(Samples.HERE), IpPrefix.host(Samples.THERE)),
                    Mark.NONE,
                    IfId.NONE);
            NetlinkException refusal = refusal(() -> client.migrate(EventChecks.migration(key)), Errno.ENOENT);
            assertThat(refusal).hasMessageStartingWith("migrate policy src 192.0.2.1/32 dst 192.0.2.2/32 dir out");
            assertThat(refusal.hint()).isPresent();
        }
    }
}
