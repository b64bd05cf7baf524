package org.xfrmctl.model.definition;

import java.util.List;
import java.util.Optional;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.Reqid;

/**
 * Reads one child. Defaults are swanctl's ({@code mode: tunnel}, {@code replay_window: 32}, headers copied) but for
 * limits: swanctl rekeys after an hour by itself, static SAs have a limit only where one is written.
 */
final class ChildReader {
    private static final long UINT = 0xffff_ffffL;
    // net/xfrm/xfrm_user.c, verify_replay() and XFRMA_REPLAY_ESN_MAX: the bitmap has at most 4096 bits.
    private static final int LARGEST_WINDOW = 4096;

    private final Collected collected;
    private final Problems problems;

    ChildReader(Collected collected) {
        this.collected = collected;
        this.problems = collected.problems;
    }

    /** Without endpoints (they could not be read) the child is still checked as far as it goes. */
    Optional<Child> read(ChildName name, Node.Entry entry, Optional<Endpoints> endpoints) {
        Optional<Section> opened = Section.open(entry.value(), Vocabulary.CHILD, problems);
        if (opened.isEmpty()) {
            return Optional.empty();
        }
        Section section = opened.get();
        Mode mode = section.orElse("mode", Mode.TUNNEL, ChildReader::mode);
        Optional<Boolean> ipcomp =
                section.node("ipcomp").isEmpty() ? Optional.of(false) : section.optional("ipcomp", Scalars::flag);
        Transform transform = transform(section, mode, ipcomp.orElse(false));
        PolicyOptions policy = policy(name, section);
        HeaderOptions headers = headers(section);
        Lifetime lifetime = Quantities.lifetime(section, problems);
        Optional<Traffic> traffic = endpoints.flatMap(ends -> new TrafficReader(problems).read(section, ends, mode));
        SizeOptions sizes = new SizeReader(problems).read(section, traffic);
        Optional<Sas> sas = new SaReader(collected, name, endpoints).read(section, ipcomp);
        if (endpoints.isEmpty() || traffic.isEmpty() || sas.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Child(
                name,
                entry.keyPlace(),
                endpoints.get(),
                traffic.get(),
                transform,
                headers,
                sizes,
                policy,
                lifetime,
                sas.get()));
    }

    private static Mode mode(Node node) {
        String allowed = "allowed are tunnel and transport";
        return switch (Scalars.text(node, allowed)) {
            case "tunnel" -> Mode.TUNNEL;
            case "transport" -> Mode.TRANSPORT;
            case "beet", "iptfs", "transport_proxy", "pass", "drop" ->
                throw Scalars.refuse(node, "swanctl's mode of this name is not supported yet; " + allowed);
            default -> throw Scalars.refuse(node, allowed);
        };
    }

    private Transform transform(Section section, Mode mode, boolean ipcomp) {
        int padding = section.orElse("tfc_padding", 0, ChildReader::padding);
        if (padding > 0 && (!mode.equals(Mode.TUNNEL) || ipcomp)) {
            // net/xfrm/xfrm_user.c, verify_newsa_info(): "TFC padding can only be used in tunnel mode". With IPComp
            // the tunnel is the compression state and ESP is transport.
            problems.add(
                    section.placeOf("tfc_padding"),
                    "ESP pads in tunnel mode only, and with ipcomp it is not the tunnel; "
                            + "allowed with mode tunnel and without ipcomp; remove one of them");
        }
        int window = section.orElse("replay_window", 32, node -> (int) Scalars.number(
                node, 0, LARGEST_WINDOW, "allowed is 0 (no replay protection) to " + LARGEST_WINDOW + " packets"));
        return new Transform(
                section.orElse("esp_proposals", EspProposals.DEFAULT, EspProposals::read), ipcomp, window, padding);
    }

    private static int padding(Node node) {
        return (int) Scalars.number(node, 0, 65535, "allowed is 0 to 65535 bytes; \"mtu\" is not supported yet");
    }

    private static HeaderOptions headers(Section section) {
        return new HeaderOptions(
                section.orElse("copy_df", HeaderOptions.DEFAULT.copyDf(), Scalars.choice(HeaderOptions.CopyDf.class)),
                section.orElse("copy_ecn", HeaderOptions.DEFAULT.copyEcn(), Scalars::flag),
                section.orElse(
                        "copy_dscp", HeaderOptions.DEFAULT.copyDscp(), Scalars.choice(HeaderOptions.CopyDscp.class)));
    }

    private PolicyOptions policy(ChildName name, Section section) {
        Optional<Reqid> reqid = section.optional(
                "reqid",
                node -> new Reqid((int) Scalars.number(
                        node, 1, UINT, "allowed is 1 to 4294967295; leave it out to get one from the child's name")));
        reqid.ifPresent(
                value -> collected.reqids.add(new Collected.FixedReqid(name, value.bits(), section.placeOf("reqid"))));
        return new PolicyOptions(
                section.orElse(
                        "level", PolicyOptions.LevelChoice.AUTO, Scalars.choice(PolicyOptions.LevelChoice.class)),
                section.optional("priority", node -> (int) Scalars.number(
                        node, 1, UINT, "allowed is 1 to 4294967295, lower wins; leave it out to have it computed")),
                reqid,
                section.orElse("on_down", PolicyOptions.OnDown.BLOCK, Scalars.choice(PolicyOptions.OnDown.class)),
                section.orElse(
                        "start_action",
                        PolicyOptions.StartAction.NONE,
                        Scalars.choice(PolicyOptions.StartAction.class)),
                section.orElse("policies_fwd_out", false, Scalars::flag),
                marks(section));
    }

    private Marks marks(Section section) {
        Optional<IfId> named = section.optional("interface", this::ifIdOf);
        for (String key : List.of("if_id_in", "if_id_out")) {
            if (section.node("interface").isPresent() && section.node(key).isPresent()) {
                problems.add(section.placeOf(key), "the interface says the if_id already; remove \"" + key + "\"");
            }
        }
        return new Marks(
                section.orElse("mark_in", Mark.NONE, Scalars::mark),
                section.orElse("mark_out", Mark.NONE, Scalars::mark),
                section.optional("set_mark_in", Scalars::mark),
                section.optional("set_mark_out", Scalars::mark),
                section.orElse("if_id_in", named.orElse(IfId.NONE), Scalars::ifId),
                section.orElse("if_id_out", named.orElse(IfId.NONE), Scalars::ifId));
    }

    private IfId ifIdOf(Node node) {
        String name = Scalars.text(node, "allowed is the name of an interface of type xfrm");
        LogicalInterface found = collected.interfaces.get(name);
        if (found != null && found.kind() instanceof LogicalInterface.Kind.Xfrm xfrm) {
            return xfrm.ifId();
        }
        if (found != null) {
            throw Scalars.refuse(
                    node,
                    "that is of type " + found.kind().type()
                            + ", to which routes alone lead; leave it out, and protect what comes out with mode transport");
        }
        if (collected.interfaceNames.containsKey(name)) {
            throw new ConfigException(List.of()); // What is wrong with it has been told.
        }
        throw Scalars.refuse(
                node,
                "no interface has this name; "
                        + Names.nearest(name, collected.interfaceNames.keySet())
                                .map(near -> "did you mean \"" + near + "\"?")
                                .orElse("add it below \"interfaces:\", as NAME: { type: xfrm, if_id: 42 }"));
    }
}
