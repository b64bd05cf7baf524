package org.xfrmctl.netlink.command;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.StateExtras;
import org.xfrmctl.model.StateFlag;
import org.xfrmctl.model.StateFlags;
import org.xfrmctl.model.StateOptions;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.xfrm.XfrmRequests;

/** {@code state add} and {@code state update}. */
final class StateWords {
    static final List<String> OWN = List.of(
            "mode",
            "mark",
            "reqid",
            "seq",
            "flag",
            "extra-flag",
            "sel",
            "limit",
            "coa",
            "ctx",
            "output-mark",
            "if_id",
            "tfcpad");

    private final Words words;
    private final IdWords id;
    private final SelectorWords selector;
    private final AlgorithmWords algorithms;
    private final LimitWords limits;
    private final ReplayWords replay;
    private final NatWords nat;
    private final PlacementWords placement;
    private final IptfsWords iptfs;
    private final LabelWords label;
    private Mode mode = Mode.TRANSPORT;
    private Mark mark = Mark.NONE;
    private Optional<Mark> outputMark = Optional.empty();
    private Reqid reqid = Reqid.NONE;
    private IfId ifId = IfId.NONE;
    private int seq;
    private int flags;
    private int extraFlags;
    private Optional<IpAddress> careOf = Optional.empty();
    private int tfcPad;
    private int modePlace = -1;
    private int flagPlace;
    private int careOfPlace;

    private StateWords(Words words, HostNames host) {
        this.words = words;
        id = new IdWords(words, words.family());
        selector = new SelectorWords(words, host, Family.UNSPEC);
        algorithms = new AlgorithmWords(words, host);
        limits = new LimitWords(words);
        replay = new ReplayWords(words);
        nat = new NatWords(words);
        placement = new PlacementWords(words, host);
        iptfs = new IptfsWords(words);
        label = new LabelWords(words);
    }

    static IpCommand add(Words words, HostNames host) {
        return new IpCommand.Change(XfrmRequests.addState(new StateWords(words, host).read()));
    }

    static IpCommand update(Words words, HostNames host) {
        return new IpCommand.Change(XfrmRequests.updateState(new StateWords(words, host).read()));
    }

    private XfrmState read() {
        while (words.hasNext()) {
            String word = words.take();
            boolean known = readOwn(word)
                    || readId(word)
                    || algorithms.read(word)
                    || limits.read(word)
                    || replay.read(word)
                    || placement.read(word)
                    || nat.read(word)
                    || iptfs.read(word)
                    || label.read(word);
            if (!known) {
                throw words.unknown("a word of a state", known());
            }
        }
        check();
        return state();
    }

    private static List<String> known() {
        List<String> known = new ArrayList<>(IdWords.WORDS);
        List.of(OWN, AlgorithmWords.KINDS, ReplayWords.WORDS, PlacementWords.WORDS, NatWords.WORDS, IptfsWords.WORDS)
                .forEach(known::addAll);
        return known;
    }

    private boolean readOwn(String word) {
        switch (word) {
            case "mode" -> {
                mode = ModeWord.read(words);
                modePlace = words.last();
            }
            case "mark" -> mark = MarkWords.ofObject(words);
            case "reqid" -> reqid = new Reqid(words.u32(word));
            case "seq" -> seq = sequence(words);
            case "flag" -> {
                flags = FlagWords.OF_STATE.read(words, flags);
                flagPlace = words.last();
            }
            case "extra-flag" -> extraFlags = FlagWords.OF_STATE_EXTRA.read(words, extraFlags);
            case "sel" -> readSelector();
            case "coa" -> readCareOf();
            case "output-mark" -> outputMark = MarkWords.ofOutput(words);
            case "if_id" -> ifId = new IfId(words.u32(word));
            case "tfcpad" -> tfcPad = words.u32(word);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Takes {@code seq}'s number, which iproute2 puts in network order into a member that is in the host's. */
    static int sequence(Words words) {
        int number = words.u32("seq");
        return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? number : Integer.reverseBytes(number);
    }

    private boolean readId(String word) {
        if (!id.read(word)) {
            return false;
        }
        id.needProtocol();
        if (words.family() == Family.UNSPEC) {
            words.family(id.family());
        }
        return true;
    }

    /** A selector may be of any family; later addresses are then expected to be of the same. */
    private void readSelector() {
        if (selector.isPresent()) {
            throw words.repeated();
        }
        if (!words.hasNext()) {
            throw words.missing("sel needs a selector: src PREFIX dst PREFIX proto PROTO");
        }
        words.family(Family.UNSPEC);
        selector.readRun();
        words.family(selector.family());
    }

    private void readCareOf() {
        if (careOf.isPresent()) {
            throw words.repeated();
        }
        IpPrefix prefix = Addresses.prefix(words, "coa");
        careOf = Optional.of(prefix.address());
        careOfPlace = words.last();
    }

    private void check() {
        boolean extended = (flags & StateFlag.ESN.bit()) != 0;
        if (extended && !replay.hasWindow() && !placement.isOutbound()) {
            throw words.at(flagPlace, "flag esn needs replay-window N, or dir out");
        }
        id.needProtocol();
        StateChecks checks = new StateChecks(words, id.protocol(), id.place());
        checks.mode(mode, modePlace < 0 ? id.place() : modePlace);
        algorithms.check(id.protocol(), id.place());
        checks.careOf(careOf.isPresent(), careOfPlace);
        iptfs.check(mode.equals(Mode.IPTFS));
    }

    private XfrmState state() {
        IpAddress source = id.source(Family.INET);
        Family family = source.family();
        return XfrmState.builder(id.id(Family.INET), source)
                .selector(selector.isPresent() ? selector.selector(Family.UNSPEC) : Selector.any(Family.UNSPEC))
                .mode(mode)
                .reqid(reqid)
                .seq(seq)
                .flags(new StateFlags(flags, extraFlags))
                .algorithms(algorithms.algorithms())
                .replay(replay.replay((flags & StateFlag.ESN.bit()) != 0))
                .limits(limits.limits())
                .mark(mark)
                .ifId(ifId)
                .options(options(family))
                .build();
    }

    private StateOptions options(Family family) {
        StateExtras extras = careOf.isEmpty() && tfcPad == 0 && label.label().isEmpty()
                ? StateExtras.NONE
                : new StateExtras(careOf, tfcPad, OptionalLong.empty(), label.label());
        return new StateOptions(
                outputMark, nat.natTraversal(family), placement.placement(), iptfs.iptfs(), extras, List.of());
    }
}
