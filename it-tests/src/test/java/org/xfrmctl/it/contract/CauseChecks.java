package org.xfrmctl.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.NatTraversal;
import org.xfrmctl.model.Placement;
import org.xfrmctl.model.RawAttribute;
import org.xfrmctl.model.ReplayState;
import org.xfrmctl.model.SaDirection;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.StateFlag;
import org.xfrmctl.model.StateFlags;
import org.xfrmctl.model.StateKey;
import org.xfrmctl.model.StateOptions;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.message.Request;
import org.xfrmctl.netlink.uapi.XfrmMsg;
import org.xfrmctl.netlink.uapi.Xfrma;
import org.xfrmctl.netlink.xfrm.SpiRequest;
import org.xfrmctl.netlink.xfrm.StateCodec;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/** The usual causes of a refusal, each made to happen: the errno, the kernel's words if it has any, and our advice. */
final class CauseChecks {
    private static final XfrmPolicy POLICY = Samples.policy(1).build();
    private static final Selector SIX = Selector.between(IpPrefix.host(Samples.HERE6), IpPrefix.host(Samples.THERE6));

    private CauseChecks() {}

    /**
     * A request that is refused.
     *
     * @param text a part of the kernel's words; empty where it may have none
     * @param advice a part of ours; empty where there is none to give
     */
    private record Cause(String name, Consumer<XfrmClient> request, Errno errno, String text, String advice) {
        Check check(Need... needs) {
            return Check.of(errno + ": " + name, this::happens, needs);
        }

        private void happens(KernelUnderTest kernel) {
            try (XfrmClient client = kernel.client()) {
                NetlinkException refusal = RefusalChecks.refusal(() -> request.accept(client), errno);
                assertThat(refusal.refusal().kernel().text().orElse("")).contains(text);
                assertThat(refusal.hint().orElse("")).contains(advice);
                assertThat(refusal.hint().isEmpty()).isEqualTo(advice.isEmpty());
            }
        }
    }

    static List<Check> all() {
        return Stream.of(
                        byText(),
                        absent(),
                        List.of(
                                Check.of("a missing algorithm or module is named", CauseChecks::transforms),
                                Check.of("a reserved CPI has 16 bits", CauseChecks::reservedCpi),
                                Check.of("a state with a direction expires", CauseChecks::expires, Need.DIRECTION)))
                .flatMap(List::stream)
                .toList();
    }

    private static List<Check> byText() {
        XfrmState esn =
                Samples.esp(0x1001).flags(StateFlags.NONE.with(StateFlag.ESN)).build();
        XfrmState wide = esn.toBuilder()
                .replay(new ReplayState.Extended(256, 0, 0, List.of(0, 0, 0, 0)))
                .build();
        XfrmState twoWindows = Samples.esp(0x1001)
                .replay(new ReplayState.Basic(32, 0, 0, 0))
                .options(StateOptions.NONE.withOther(List.of(extendedWindow())))
                .build();
        XfrmState changesFamily =
                Samples.esp(0x1001).mode(Mode.TRANSPORT).selector(SIX).build();
        XfrmState keptAlive = Samples.esp(0x1001)
                .options(StateOptions.NONE
                        .withNatTraversal(new NatTraversal(Optional.empty(), 20, 0))
                        .withPlacement(directed(SaDirection.OUT)))
                .build();
        return List.of(
                adding("ESN without its attribute", esn, "Missing required attribute for ESN", "need a replay window")
                        .check(),
                adding("a window beyond its bitmap", wide, "ESN replay window is too large", "one bit for each packet")
                        .check(Need.TRANSFORMS),
                adding("two windows", twoWindows, "ESN not compatible with legacy", "into the ESN attribute alone")
                        .check(),
                adding(
                                "a keepalive without UDP",
                                keptAlive,
                                "NAT keepalive is only supported for UDP",
                                "need UDP encapsulation")
                        .check(Need.DIRECTION),
                new Cause(
                                "a direction where none belongs",
                                client -> raise(client, deleteWithDirection()),
                                Errno.EINVAL,
                                "Invalid attribute SA_DIR",
                                "may say its direction")
                        .check(Need.DIRECTION),
                new Cause(
                                "transport mode into another family",
                                client -> client.addState(changesFamily),
                                Errno.EPROTONOSUPPORT,
                                "Only tunnel modes can accommodate a change of family",
                                "")
                        .check(Need.TRANSFORMS));
    }

    private static List<Check> absent() {
        XfrmState marked = Samples.esp(0x1001).mark(new Mark(5, 0xff)).build();
        StateKey withoutMark = StateKey.of(marked.id(), Mark.NONE);
        return List.of(
                new Cause(
                                "a mark that was left out",
                                client -> {
                                    client.addState(marked);
                                    client.deleteState(withoutMark);
                                },
                                Errno.ESRCH,
                                "",
                                "one with a mark must be named with it")
                        .check(Need.TRANSFORMS),
                new Cause(
                                "no state to expire",
                                client -> client.expireState(marked, true),
                                Errno.ENOENT,
                                "",
                                "no state has this destination")
                        .check(),
                new Cause(
                                "no policy to expire",
                                client -> client.expirePolicy(POLICY, true),
                                Errno.ENOENT,
                                "",
                                "no policy has this direction")
                        .check(),
                new Cause(
                                "a policy with other ends",
                                client -> {
                                    Template elsewhere = Template.tunnel(
                                            Samples.HERE,
                                            Samples.HERE,
                                            IpProtocol.ESP,
                                            POLICY.templates().get(0).reqid(),
                                            POLICY.templates().get(0).level());
                                    client.addPolicy(POLICY.toBuilder()
                                            .templates(List.of(elsewhere))
                                            .build());
                                    client.migrate(EventChecks.migration(POLICY.key()));
                                },
                                Errno.ENODATA,
                                "",
                                "no template or state of it has the old ends")
                        .check());
    }

    private static Cause adding(String name, XfrmState state, String text, String advice) {
        return new Cause(name, client -> client.addState(state), Errno.EINVAL, text, advice);
    }

    private static Placement directed(SaDirection direction) {
        return new Placement(Optional.of(direction), java.util.OptionalInt.empty(), Optional.empty());
    }

    /** {@code XFRMA_REPLAY_ESN_VAL}: a bitmap of one word, and a window of 32. */
    private static RawAttribute extendedWindow() {
        ByteBuffer raw = ByteBuffer.allocate(28).order(ByteOrder.nativeOrder());
        raw.putInt(0, 1).putInt(20, 32);
        return new RawAttribute(Xfrma.REPLAY_ESN_VAL, Bytes.of(raw.array()));
    }

    private static Request deleteWithDirection() {
        StateKey key = Samples.esp(0x1001).build().key();
        return new Request(XfrmMsg.DELSA, 0, "delete state", key, out -> {
            StateCodec.encodeKey(key, out);
            out.attributeU8(Xfrma.SA_DIR, SaDirection.IN.number());
        });
    }

    private static void raise(XfrmClient client, Request request) {
        client.executeAll(List.of(request)).get(0).ifPresent(refusal -> {
            throw refusal;
        });
    }

    /** A kernel has them all, or lacks some: then it says so with each. */
    private static void transforms(KernelUnderTest kernel) {
        try (XfrmClient client = kernel.client()) {
            for (IpProtocol protocol : List.of(IpProtocol.ESP, IpProtocol.AH, IpProtocol.COMP)) {
                for (Family family : List.of(Family.INET, Family.INET6)) {
                    XfrmState state = state(protocol, family);
                    Optional<NetlinkException> refusal = client.rehearseState(state);
                    assertThat(refusal.isEmpty())
                            .as("%s", state)
                            .isEqualTo(kernel.offers().contains(Need.TRANSFORMS));
                    refusal.ifPresent(told -> {
                        String missing = told.is(Errno.ENOSYS)
                                ? state.algorithms().get(0).name()
                                : "modprobe " + module(protocol, family) + "`";
                        assertThat(told.is(Errno.ENOSYS) || told.is(Errno.EPROTONOSUPPORT))
                                .as("%s", told)
                                .isTrue();
                        assertThat(told.refusal().kernel().text().orElse("")).contains("not found");
                        assertThat(told.hint().orElse("")).contains(missing);
                    });
                }
            }
        }
    }

    private static XfrmState state(IpProtocol protocol, Family family) {
        boolean four = family == Family.INET;
        Algorithm algorithm = protocol.equals(IpProtocol.ESP)
                ? new Algorithm.Aead("rfc4106(gcm(aes))", Samples.key(20), 128)
                : protocol.equals(IpProtocol.AH)
                        ? new Algorithm.Authentication("hmac(sha256)", Samples.key(32), 128)
                        : Algorithm.Compression.DEFLATE;
        return XfrmState.builder(
                        new SaId(four ? Samples.THERE : Samples.THERE6, new Spi(0x1001), protocol),
                        four ? Samples.HERE : Samples.HERE6)
                .algorithms(List.of(algorithm))
                .build();
    }

    private static String module(IpProtocol protocol, Family family) {
        boolean four = family == Family.INET;
        if (protocol.equals(IpProtocol.COMP)) {
            return four ? "ipcomp" : "ipcomp6";
        }
        return (protocol.equals(IpProtocol.ESP) ? "esp" : "ah") + (four ? "4" : "6");
    }

    /** Older kernels say nothing of why. */
    private static void reservedCpi(KernelUnderTest kernel) {
        try (XfrmClient client = kernel.client()) {
            SpiRequest beyond =
                    new SpiRequest(Samples.ipcomp(0).algorithms(List.of()).build(), 0x100, 0x10000);
            NetlinkException refusal = RefusalChecks.refusal(() -> client.allocSpi(beyond), Errno.EINVAL);
            assertThat(refusal.refusal().kernel().text().orElse("IPCOMP SPI must be"))
                    .contains("IPCOMP SPI must be");
            assertThat(refusal.hint().isPresent())
                    .isEqualTo(refusal.refusal().kernel().text().isPresent());
            assertThat(refusal.hint().orElse("a CPI has 16 bits")).contains("a CPI has 16 bits");
        }
    }

    private static void expires(KernelUnderTest kernel) {
        try (XfrmClient client = kernel.client()) {
            XfrmState state = Samples.esp(0x1001)
                    .options(StateOptions.NONE.withPlacement(directed(SaDirection.OUT)))
                    .build();
            client.addState(state);
            client.expireState(state, true);
            assertThat(client.listStates()).isEmpty();
        }
    }
}
