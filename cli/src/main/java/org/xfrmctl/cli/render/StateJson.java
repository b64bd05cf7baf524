package org.xfrmctl.cli.render;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.xfrmctl.model.ExtraFlag;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.Iptfs;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.NatTraversal;
import org.xfrmctl.model.SaDirection;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.StateExtras;
import org.xfrmctl.model.StateFlag;
import org.xfrmctl.model.StateOptions;
import org.xfrmctl.model.StateStatistics;
import org.xfrmctl.model.XfrmState;

/**
 * A state as JSON, with all that it says: {@code {"src", "dst", "proto", "spi", "reqid", "mode", …}}. The members are
 * called and sorted as {@code ip -s xfrm state} prints them, with {@code _} for {@code -}; those of {@link StatusJson} are
 * among them. docs/JSON.md describes each.
 */
public final class StateJson {
    private static final List<StateFlag> FLAGS = Arrays.asList(StateFlag.values());
    private static final List<ExtraFlag> EXTRA_FLAGS = Arrays.asList(ExtraFlag.values());

    private StateJson() {}

    /** Keys, and what may be one, only with {@code showKeys}. */
    public static Map<String, Object> of(XfrmState state, boolean showKeys) {
        StateOptions options = state.options();
        return Json.join(
                id(state.id(), state.source()),
                Json.object(
                        "reqid", Json.unsigned(state.reqid().bits()),
                        "mode", state.mode().toString(),
                        "implied", state.isImplied(),
                        "replay_window", Json.unsigned(state.replay().window()),
                        "seq", Json.unlessZero(state.seq()),
                        "flag", FlagJson.of(state.flags().bits(), FLAGS),
                        "extra_flag", FlagJson.unlessNone(state.flags().extraBits(), EXTRA_FLAGS)),
                MarkJson.of(state.mark(), state.ifId()),
                Json.object(
                        "output_mark",
                        options.outputMark().map(Mark::toString),
                        "algorithms",
                        state.algorithms().stream()
                                .map(algorithm -> AlgorithmJson.of(algorithm, showKeys))
                                .toList()),
                of(options.natTraversal()),
                of(options.extras()),
                Json.object(
                        "replay", ReplayJson.unlessUnused(state.replay()),
                        "offload", options.placement().offload().map(OffloadJson::ofState),
                        "dir", options.placement().direction().map(SaDirection::toString),
                        "pcpu_num", Json.unsigned(options.placement().cpu()),
                        "iptfs", of(options.iptfs()),
                        "sel", of(state.selector()),
                        "limit", LifetimeJson.of(state.limits())),
                LifetimeJson.of(state.current()),
                Json.object(
                        "stats", of(state.statistics()),
                        "security_context", options.extras().label().map(LabelJson::of),
                        "other", OtherJson.of(options.other(), showKeys)));
    }

    /** The members by which a state is known. The SPI of an IPComp state is its CPI. */
    static Map<String, Object> id(SaId id, IpAddress source) {
        return Json.object(
                "src", source.toString(),
                "dst", id.destination().toString(),
                "proto", id.protocol().toString(),
                "spi", id.spi().toString());
    }

    private static Map<String, Object> of(NatTraversal nat) {
        return Json.object(
                "encap", nat.encap().map(EncapJson::of),
                "nat_keepalive_interval", Json.unlessZero(nat.keepalive()),
                "mapping_timer", Json.unlessZero(nat.mappingTimer()));
    }

    private static Map<String, Object> of(StateExtras extras) {
        return Json.object(
                "coa", extras.careOf().map(IpAddress::toString),
                "lastused", unsigned(extras.lastUsed()),
                "tfcpad", Json.unlessZero(extras.tfcPad()));
    }

    private static Optional<BigInteger> unsigned(OptionalLong bits) {
        return bits.isPresent() ? Optional.of(Json.unsigned(bits.getAsLong())) : Optional.empty();
    }

    private static Optional<Map<String, Object>> of(Iptfs iptfs) {
        return iptfs.equals(Iptfs.UNSET)
                ? Optional.empty()
                : Optional.of(Json.object(
                        "drop_time", Json.unsigned(iptfs.dropTime()),
                        "reorder_window", Json.unsigned(iptfs.reorderWindow()),
                        "dont_frag", iptfs.dontFragment(),
                        "init_delay", Json.unsigned(iptfs.initDelay()),
                        "max_qsize", Json.unsigned(iptfs.maxQueue()),
                        "pkt_size", Json.unsigned(iptfs.packetSize())));
    }

    /** What {@code ip} leaves out too: a selector for packets of every family. */
    private static Optional<Map<String, Object>> of(Selector selector) {
        return selector.equals(Selector.any(Family.UNSPEC)) ? Optional.empty() : Optional.of(SelectorJson.of(selector));
    }

    private static Optional<Map<String, Object>> of(StateStatistics statistics) {
        return statistics.equals(StateStatistics.NONE)
                ? Optional.empty()
                : Optional.of(Json.object(
                        "replay_window", Json.unsigned(statistics.replayWindow()),
                        "replay", Json.unsigned(statistics.replay()),
                        "failed", Json.unsigned(statistics.integrityFailed())));
    }
}
