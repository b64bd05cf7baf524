package org.xfrmctl.manager.probe;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.xfrmctl.model.echo.Heard;

/**
 * What a search has found.
 *
 * @param each what was tried, in that order
 * @param passes the greatest packet that was answered; 0 if none was
 * @param stopped the least packet above it that was not; empty if the greatest of all was answered
 * @param inTime whether the search came to its end
 */
public record Soundings(List<Sounding> each, int passes, Optional<Sounding> stopped, boolean inTime) {
    public Soundings {
        each = List.copyOf(each);
    }

    /** The size from which on packets vanish without a word; empty if somebody says why the next ones do not pass. */
    public OptionalInt vanishes() {
        return stopped.filter(sounding -> sounding.heard() instanceof Heard.Silence)
                .map(sounding -> OptionalInt.of(sounding.size()))
                .orElse(OptionalInt.empty());
    }

    /**
     * What stopped the search with a word that does not say what passes: another error, a send that failed, or an MTU that does
     * not pass either.
     */
    public Optional<Sounding> refused() {
        return stopped.filter(sounding -> sounding.heard() instanceof Heard.Undelivered
                || sounding.heard() instanceof Heard.Unsent
                || (sounding.heard() instanceof Heard.TooBig tooBig && tooBig.mtu() > passes));
    }

    /** Who said that something was too long, and what would pass; each once. */
    public List<Heard.TooBig> errors() {
        return each.stream()
                .map(Sounding::heard)
                .filter(Heard.TooBig.class::isInstance)
                .map(Heard.TooBig.class::cast)
                .distinct()
                .toList();
    }

    /** The MTU by which this host's own kernel refused to send at last; empty if it did not. */
    public OptionalInt refusedBy() {
        return each.stream()
                .map(Sounding::heard)
                .filter(Heard.Refused.class::isInstance)
                .mapToInt(heard -> ((Heard.Refused) heard).mtu())
                .reduce((one, next) -> next);
    }

    /** Of a search in which nothing was answered: what came of the smallest packet. */
    public Heard first() {
        return each.get(0).heard();
    }
}
