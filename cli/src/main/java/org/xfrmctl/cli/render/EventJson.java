package org.xfrmctl.cli.render;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.xfrm.XfrmEvent;
import org.xfrmctl.netlink.xfrm.XfrmEvent.Acquired;
import org.xfrmctl.netlink.xfrm.XfrmEvent.DefaultsSet;
import org.xfrmctl.netlink.xfrm.XfrmEvent.Mapped;
import org.xfrmctl.netlink.xfrm.XfrmEvent.Migrated;
import org.xfrmctl.netlink.xfrm.XfrmEvent.Other;
import org.xfrmctl.netlink.xfrm.XfrmEvent.PoliciesFlushed;
import org.xfrmctl.netlink.xfrm.XfrmEvent.PolicyAdded;
import org.xfrmctl.netlink.xfrm.XfrmEvent.PolicyDeleted;
import org.xfrmctl.netlink.xfrm.XfrmEvent.PolicyExpired;
import org.xfrmctl.netlink.xfrm.XfrmEvent.PolicyUpdated;
import org.xfrmctl.netlink.xfrm.XfrmEvent.Reported;
import org.xfrmctl.netlink.xfrm.XfrmEvent.StateAdded;
import org.xfrmctl.netlink.xfrm.XfrmEvent.StateDeleted;
import org.xfrmctl.netlink.xfrm.XfrmEvent.StateExpired;
import org.xfrmctl.netlink.xfrm.XfrmEvent.StateMoved;
import org.xfrmctl.netlink.xfrm.XfrmEvent.StateUpdated;
import org.xfrmctl.netlink.xfrm.XfrmEvent.StatesFlushed;

/**
 * An event as JSON: {@code {"event": "state-added", "state": {…}}} and the like, each with all that it says. What changes
 * a table is called by the object and what became of it; for the rest there are the words of {@code ip xfrm monitor}.
 * docs/JSON.md lists them.
 */
public final class EventJson {
    private static final Map<Class<?>, Kind<?>> KINDS = Stream.of(
                    new Kind<>(StateAdded.class, "state-added", (event, keys) -> state(event.state(), keys)),
                    new Kind<>(StateUpdated.class, "state-updated", (event, keys) -> state(event.state(), keys)),
                    new Kind<>(StateDeleted.class, "state-deleted", (event, keys) -> state(event.state(), keys)),
                    new Kind<>(StatesFlushed.class, "states-flushed", EventJson::flushed),
                    new Kind<>(StateExpired.class, "expire", EventJson::expired),
                    new Kind<>(PolicyAdded.class, "policy-added", (event, keys) -> policy(event.policy(), keys)),
                    new Kind<>(PolicyUpdated.class, "policy-updated", (event, keys) -> policy(event.policy(), keys)),
                    new Kind<>(PolicyDeleted.class, "policy-deleted", EventJson::deleted),
                    new Kind<>(PoliciesFlushed.class, "policies-flushed", EventJson::flushed),
                    new Kind<>(PolicyExpired.class, "expire", EventJson::expired),
                    new Kind<>(Acquired.class, "acquire", EventJson::acquired),
                    new Kind<>(StateMoved.class, "aevent", (event, keys) -> AsyncEventJson.of(event.event(), keys)),
                    new Kind<>(Mapped.class, "mapping", EventJson::mapped),
                    new Kind<>(DefaultsSet.class, "defaults-set", EventJson::defaults),
                    new Kind<>(Migrated.class, "migrate", (event, keys) -> MigrationJson.of(event.migration(), keys)),
                    new Kind<>(Reported.class, "report", EventJson::reported),
                    new Kind<>(Other.class, "other", EventJson::other))
            .collect(Collectors.toUnmodifiableMap(Kind::type, kind -> kind));

    private EventJson() {}

    /** One kind of event: its word, and what its JSON says besides. */
    private record Kind<E extends XfrmEvent>(Class<E> type, String word, Members<E> members) {
        Map<String, Object> of(XfrmEvent event, boolean showKeys) {
            return Json.join(Json.object("event", word), members.of(type.cast(event), showKeys));
        }
    }

    private interface Members<E extends XfrmEvent> {
        Map<String, Object> of(E event, boolean showKeys);
    }

    /** Keys, and what may be one, only with {@code showKeys}. */
    public static Map<String, Object> of(XfrmEvent event, boolean showKeys) {
        Kind<?> kind = KINDS.get(event.getClass());
        if (kind == null) {
            throw new AssertionError(event.getClass());
        }
        return kind.of(event, showKeys);
    }

    private static Map<String, Object> state(XfrmState state, boolean showKeys) {
        return Json.object("state", StateJson.of(state, showKeys));
    }

    private static Map<String, Object> policy(XfrmPolicy policy, boolean showKeys) {
        return Json.object("policy", PolicyJson.of(policy, showKeys));
    }

    private static Map<String, Object> expired(StateExpired event, boolean showKeys) {
        return Json.join(Json.object("hard", event.hard()), state(event.state(), showKeys));
    }

    private static Map<String, Object> expired(PolicyExpired event, boolean showKeys) {
        return Json.join(Json.object("hard", event.hard()), policy(event.policy(), showKeys));
    }

    private static Map<String, Object> flushed(StatesFlushed event, boolean showKeys) {
        return Json.object(
                "proto",
                event.protocol().equals(IpProtocol.ANY)
                        ? Optional.empty()
                        : Optional.of(event.protocol().toString()),
                "other",
                OtherJson.of(event.other(), showKeys));
    }

    private static Map<String, Object> flushed(PoliciesFlushed event, boolean showKeys) {
        return Json.object(
                "ptype", event.policies().map(PolicyType::toString), "other", OtherJson.of(event.other(), showKeys));
    }

    private static Map<String, Object> deleted(PolicyDeleted event, boolean showKeys) {
        return Json.join(Json.object("by_index", Json.unlessZero(event.index())), policy(event.policy(), showKeys));
    }

    private static Map<String, Object> acquired(Acquired event, boolean showKeys) {
        return Json.join(
                StateJson.id(event.id(), event.source()),
                Json.object("seq", Json.unsigned(event.sequence())),
                TemplateJson.of(event.masks()),
                Json.object("sel", SelectorJson.of(event.packet())),
                policy(event.policy(), showKeys));
    }

    private static Map<String, Object> mapped(Mapped event, boolean showKeys) {
        return Json.object(
                "dst", event.id().destination().toString(),
                "proto", event.id().protocol().toString(),
                "spi", event.id().spi().toString(),
                "reqid", Json.unsigned(event.reqid().bits()),
                "old", peer(event.before()),
                "new", peer(event.after()),
                "other", OtherJson.of(event.other(), showKeys));
    }

    private static Map<String, Object> defaults(DefaultsSet event, boolean showKeys) {
        return Json.join(
                DefaultsJson.of(event.defaults()), Json.object("other", OtherJson.of(event.other(), showKeys)));
    }

    private static Map<String, Object> peer(XfrmEvent.Peer peer) {
        return Json.object("addr", peer.address().toString(), "port", Json.unsigned(peer.port()));
    }

    private static Map<String, Object> reported(Reported event, boolean showKeys) {
        return Json.object(
                "proto", event.protocol().toString(),
                "sel", SelectorJson.of(event.packet()),
                "coa", event.careOf().map(IpAddress::toString),
                "other", OtherJson.of(event.other(), showKeys));
    }

    private static Map<String, Object> other(Other event, boolean showKeys) {
        return Json.join(Json.object("type", Json.unsigned(event.type())), OtherJson.content(event.body(), showKeys));
    }
}
