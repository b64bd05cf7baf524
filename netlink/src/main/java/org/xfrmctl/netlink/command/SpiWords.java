package org.xfrmctl.netlink.command;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.StateOptions;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.xfrm.SpiRequest;
import org.xfrmctl.netlink.xfrm.XfrmRequests;

/** {@code state allocspi}. */
final class SpiWords {
    static final List<String> OWN = List.of("mode", "mark", "reqid", "seq", "min", "max", "dir", "pcpu-num");

    private static final int GREATEST_CPI = 0xffff;

    private final Words words;
    private final IdWords id;
    private final PlacementWords placement;
    private Mode mode = Mode.TRANSPORT;
    private Mark mark = Mark.NONE;
    private Reqid reqid = Reqid.NONE;
    private int seq;
    private OptionalInt min = OptionalInt.empty();
    private OptionalInt max = OptionalInt.empty();

    private SpiWords(Words words, HostNames host) {
        this.words = words;
        this.id = new IdWords(words, words.family());
        this.placement = new PlacementWords(words, host);
    }

    static IpCommand alloc(Words words, HostNames host) {
        return new IpCommand.Change(XfrmRequests.allocSpi(new SpiWords(words, host).read()));
    }

    private SpiRequest read() {
        while (words.hasNext()) {
            String word = words.take();
            if (!readOwn(word) && !readId(word)) {
                List<String> known = new ArrayList<>(IdWords.WORDS);
                known.addAll(OWN);
                throw words.unknown("a word of allocspi", known);
            }
        }
        id.needProtocol();
        return request();
    }

    private boolean readOwn(String word) {
        switch (word) {
            case "mode" -> mode = ModeWord.read(words);
            case "mark" -> mark = MarkWords.ofKey(words);
            case "reqid" -> reqid = new Reqid(words.u32(word));
            case "seq" -> seq = StateWords.sequence(words);
            case "min" -> min = once(min, word);
            case "max" -> max = once(max, word);
            case "dir", "pcpu-num" -> placement.read(word);
            default -> {
                return false;
            }
        }
        return true;
    }

    private OptionalInt once(OptionalInt before, String word) {
        if (before.isPresent()) {
            throw words.repeated();
        }
        return OptionalInt.of(words.u32(word));
    }

    private boolean readId(String word) {
        if (!id.read(word)) {
            return false;
        }
        id.needProtocol();
        if (id.hasSpi()) {
            throw words.at(id.place(), "allocspi chooses the spi itself; say min N max N instead");
        }
        if (words.family() == Family.UNSPEC) {
            words.family(id.family());
        }
        return true;
    }

    private SpiRequest request() {
        if (min.isPresent() != max.isPresent()) {
            throw words.missing((min.isPresent() ? "max" : "min") + " N is needed, too");
        }
        int least = min.orElse(SpiRequest.LEAST_SPI);
        int greatest = max.orElse(id.protocol().equals(IpProtocol.COMP) ? GREATEST_CPI : SpiRequest.GREATEST_SPI);
        if (Integer.compareUnsigned(least, greatest) > 0) {
            throw words.at(
                    words.last(),
                    "min " + Integer.toUnsignedString(least) + " is above max " + Integer.toUnsignedString(greatest));
        }
        XfrmState wanted = XfrmState.builder(id.id(Family.INET), id.source(Family.INET))
                .selector(Selector.any(Family.UNSPEC))
                .mode(mode)
                .reqid(reqid)
                .seq(seq)
                .mark(mark)
                .options(StateOptions.NONE.withPlacement(placement.placement()))
                .build();
        return new SpiRequest(wanted, least, greatest);
    }
}
