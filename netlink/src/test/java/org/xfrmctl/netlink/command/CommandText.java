package org.xfrmctl.netlink.command;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Encap;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.Iptfs;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.LifetimeLimits;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.Offload;
import org.xfrmctl.model.Placement;
import org.xfrmctl.model.PolicyIndex;
import org.xfrmctl.model.PolicyKey;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.PortMatch;
import org.xfrmctl.model.ReplayState;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.SecurityLabel;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.StateFlags;
import org.xfrmctl.model.StateKey;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.xfrm.SpiRequest;

/** Says a value in the words of {@code ip xfrm}: what may be left out is, sometimes; order and notation are random. */
final class CommandText {
    private final Random random;

    CommandText(Random random) {
        this.random = random;
    }

    /** The words behind {@code state add}. */
    List<String> state(XfrmState state) {
        List<List<String>> options = new ArrayList<>();
        addUnless(state.mode().equals(Mode.TRANSPORT), options, "mode", mode(state.mode()));
        addUnless(false, options, "reqid", number(state.reqid().bits()));
        addUnless(state.seq() == 0, options, "seq", number(swapped(state.seq())));
        flags(state.flags(), options);
        state.algorithms().forEach(algorithm -> options.add(algorithm(algorithm)));
        replay(state.replay(), options);
        limits(state.limits(), options);
        mark("mark", state.mark(), options);
        state.options().outputMark().ifPresent(mark -> mark("output-mark", mark, options));
        ifId(state.ifId(), options);
        state.options().encap().ifPresent(encap -> options.add(encap(encap)));
        int keepalive = state.options().natTraversal().keepalive();
        int timer = state.options().natTraversal().mappingTimer();
        addUnless(keepalive == 0, options, "nat-keepalive-interval", number(keepalive));
        addUnless(timer == 0, options, "mapping-timer", number(timer));
        placement(state.options().placement(), options);
        iptfs(state.options().iptfs(), options);
        int padding = state.options().extras().tfcPad();
        addUnless(padding == 0, options, "tfcpad", number(padding));
        state.options().extras().label().ifPresent(label -> options.add(label(label)));
        if (state.selector().family() != Family.UNSPEC) {
            List<String> selector = selector(state.selector());
            selector.add(0, "sel");
            options.add(selector);
        }
        List<String> words = id(state.id(), state.source());
        state.options().extras().careOf().ifPresent(address -> words.addAll(List.of("coa", address.toString())));
        return shuffled(words, options);
    }

    private void flags(StateFlags flags, List<List<String>> options) {
        options.add(flags("flag", flags.bits(), FlagWords.STATE));
        options.add(flags("extra-flag", flags.extraBits(), FlagWords.EXTRA));
    }

    private List<String> flags(String name, int bits, List<String> names) {
        List<String> words = new ArrayList<>();
        boolean named = bits >>> names.size() == 0 && random.nextBoolean();
        if (!named && bits != 0) {
            return List.of(name, "0x" + Integer.toHexString(bits));
        }
        for (int i = 0; i < names.size(); i++) {
            if ((bits >>> i & 1) != 0) {
                words.add(words.isEmpty() || random.nextBoolean() ? name + " " + names.get(i) : names.get(i));
            }
        }
        return words.isEmpty() ? words : TestHost.words(String.join(" ", words));
    }

    private List<String> algorithm(Algorithm algorithm) {
        String key = key(algorithm.key());
        if (algorithm instanceof Algorithm.Aead aead) {
            return List.of("aead", aead.name(), key, number(aead.icvBits()));
        } else if (algorithm instanceof Algorithm.Authentication auth) {
            return auth.truncationBits() == 0
                    ? List.of("auth", auth.name(), key)
                    : List.of("auth-trunc", auth.name(), key, number(auth.truncationBits()));
        } else if (algorithm instanceof Algorithm.Encryption encryption) {
            return List.of("enc", encryption.name(), key);
        }
        return List.of("comp", algorithm.name());
    }

    private static String key(Key key) {
        return key.length() == 0 ? "" : "0x" + key.revealHex().replaceFirst("^0", "");
    }

    private void replay(ReplayState replay, List<List<String>> options) {
        addUnless(replay.window() == 0, options, "replay-window", number(replay.window()));
        if (replay instanceof ReplayState.Basic basic) {
            addUnless(basic.inbound() == 0, options, "replay-seq", number(basic.inbound()));
            addUnless(basic.outbound() == 0, options, "replay-oseq", number(basic.outbound()));
        } else if (replay instanceof ReplayState.Extended extended) {
            addUnless(false, options, "replay-seq", number((int) extended.inbound()));
            addUnless(false, options, "replay-oseq", number((int) extended.outbound()));
            addUnless(false, options, "replay-seq-hi", number((int) (extended.inbound() >>> 32)));
            addUnless(false, options, "replay-oseq-hi", number((int) (extended.outbound() >>> 32)));
        }
    }

    private void limits(LifetimeLimits limits, List<List<String>> options) {
        limit("byte", limits.bytes(), LifetimeLimits.INFINITE, options);
        limit("packet", limits.packets(), LifetimeLimits.INFINITE, options);
        limit("time", limits.addSeconds(), 0, options);
        limit("time-use", limits.useSeconds(), 0, options);
    }

    private void limit(String name, LifetimeLimits.Limit limit, long none, List<List<String>> options) {
        if (limit.soft() != none) {
            options.add(List.of("limit", name + "-soft", number(limit.soft())));
        }
        if (limit.hard() != none) {
            options.add(List.of("limit", name + "-hard", number(limit.hard())));
        }
    }

    private void mark(String name, Mark mark, List<List<String>> options) {
        if (mark.isNone()) {
            return;
        }
        if (mark.mask() == -1 && random.nextBoolean()) {
            options.add(List.of(name, number(mark.value())));
        } else if (random.nextBoolean()) {
            options.add(List.of(name, number(mark.value()) + "/" + number(mark.mask())));
        } else {
            options.add(List.of(name, number(mark.value()), "mask", number(mark.mask())));
        }
    }

    private void ifId(IfId ifId, List<List<String>> options) {
        addUnless(ifId.isNone(), options, "if_id", number(ifId.bits()));
    }

    private List<String> encap(Encap encap) {
        String type = switch (encap.type()) {
            case 1 -> "espinudp-nonike";
            case 2 -> "espinudp";
            default -> "espintcp";
        };
        return List.of(
                "encap",
                type,
                number(encap.sourcePort()),
                number(encap.destinationPort()),
                encap.original().toString());
    }

    private void placement(Placement placement, List<List<String>> options) {
        if (placement.offload().isPresent()) {
            List<String> words = new ArrayList<>(List.of("offload"));
            if ((placement.offload().get().flags() & Offload.PACKET) != 0) {
                words.add("packet");
            } else if (random.nextBoolean()) {
                words.add("crypto");
            }
            words.addAll(List.of(
                    "dev", "v0", "dir", placement.direction().orElseThrow().toString()));
            options.add(words);
        } else {
            placement.direction().ifPresent(direction -> options.add(List.of("dir", direction.toString())));
        }
        placement.cpu().ifPresent(cpu -> options.add(List.of("pcpu-num", number(cpu))));
    }

    private void iptfs(Iptfs iptfs, List<List<String>> options) {
        add("iptfs-drop-time", iptfs.dropTime(), options);
        add("iptfs-reorder-window", iptfs.reorderWindow(), options);
        add("iptfs-init-delay", iptfs.initDelay(), options);
        add("iptfs-max-queue-size", iptfs.maxQueue(), options);
        add("iptfs-pkt-size", iptfs.packetSize(), options);
        if (iptfs.dontFragment()) {
            options.add(List.of("iptfs-dont-frag"));
        }
    }

    private void add(String name, OptionalInt value, List<List<String>> options) {
        value.ifPresent(number -> options.add(List.of(name, number(number))));
    }

    private static List<String> label(SecurityLabel label) {
        String text = new String(label.text().toArray(), StandardCharsets.UTF_8);
        return List.of("ctx", text.substring(0, text.length() - 1));
    }

    /** The words behind {@code policy add}. */
    List<String> policy(XfrmPolicy policy) {
        List<List<String>> options = new ArrayList<>();
        options.add(List.of("dir", policy.direction().toString()));
        addUnless(
                random.nextBoolean() && policy.action().ordinal() == 0,
                options,
                "action",
                policy.action().toString());
        addUnless(false, options, "priority", number(policy.priority()));
        addUnless(policy.index() == 0, options, "index", number(policy.index()));
        options.add(flags("flag", policy.flags().bits(), FlagWords.POLICY));
        policy.type().ifPresent(type -> options.add(List.of("ptype", type.toString())));
        limits(policy.limits(), options);
        mark("mark", policy.mark(), options);
        ifId(policy.ifId(), options);
        policy.offload().ifPresent(offload -> options.add(List.of("offload", "packet", "dev", "v0")));
        policy.label().ifPresent(label -> options.add(label(label)));
        List<String> words = shuffled(selector(policy.selector()), options);
        Family family = policy.selector().family();
        for (Template template : policy.templates()) {
            words.addAll(template(template, family));
            family = template.family();
        }
        return words;
    }

    private List<String> template(Template template, Family before) {
        List<List<String>> parts = new ArrayList<>();
        boolean anywhere = template.source().isAny() && template.destination().isAny();
        List<String> id = id(template.id(), template.source());
        parts.add(
                anywhere && template.family() == before && random.nextBoolean()
                        ? new ArrayList<>(id.subList(4, id.size()))
                        : id);
        parts.add(List.of("reqid", number(template.reqid().bits())));
        addUnless(template.mode().equals(Mode.TRANSPORT), parts, "mode", mode(template.mode()));
        addUnless(
                template.level().equals(Level.REQUIRED) && random.nextBoolean(),
                parts,
                "level",
                template.level().toString());
        return shuffled(new ArrayList<>(List.of("tmpl")), parts);
    }

    List<String> key(StateKey key) {
        List<List<String>> options = new ArrayList<>();
        mark("mark", key.mark(), options);
        return shuffled(id(key.id(), key.source()), options);
    }

    List<String> key(PolicyKey key) {
        List<List<String>> options = new ArrayList<>();
        name(key.direction().toString(), key.type(), key.mark(), key.ifId(), options);
        return shuffled(selector(key.selector()), options);
    }

    List<String> index(PolicyIndex index) {
        List<List<String>> options = new ArrayList<>();
        options.add(List.of("index", number(index.index())));
        name(index.direction().toString(), index.type(), index.mark(), index.ifId(), options);
        return shuffled(new ArrayList<>(), options);
    }

    private void name(String direction, PolicyType type, Mark mark, IfId ifId, List<List<String>> options) {
        options.add(List.of("dir", direction));
        addUnless(type == PolicyType.MAIN && random.nextBoolean(), options, "ptype", type.toString());
        mark("mark", mark, options);
        ifId(ifId, options);
    }

    List<String> spi(SpiRequest spi) {
        XfrmState wanted = spi.wanted();
        List<List<String>> options = new ArrayList<>();
        addUnless(wanted.mode().equals(Mode.TRANSPORT), options, "mode", mode(wanted.mode()));
        addUnless(false, options, "reqid", number(wanted.reqid().bits()));
        addUnless(false, options, "seq", number(swapped(wanted.seq())));
        mark("mark", wanted.mark(), options);
        placement(wanted.options().placement(), options);
        options.add(List.of("min", number(spi.min())));
        options.add(List.of("max", number(spi.max())));
        return shuffled(id(wanted.id(), wanted.source()), options);
    }

    private List<String> id(SaId id, IpAddress source) {
        List<String> words = new ArrayList<>(
                List.of("src", source.toString(), "dst", id.destination().toString()));
        words.addAll(List.of("proto", id.protocol().toString()));
        if (id.spi().bits() != 0) {
            words.addAll(List.of("spi", number(id.spi().bits())));
        }
        return words;
    }

    private List<String> selector(Selector selector) {
        List<String> words = new ArrayList<>();
        words.addAll(List.of("src", prefix(selector.source()), "dst", prefix(selector.destination())));
        if (selector.binding().ifindex() != 0) {
            words.addAll(List.of(
                    "dev",
                    random.nextBoolean() ? "v0" : "if" + selector.binding().ifindex()));
        }
        int protocol = selector.proto().number();
        if (protocol != 0) {
            words.addAll(List.of("proto", protocol == 6 && random.nextBoolean() ? "tcp" : number(protocol)));
        } else if (random.nextBoolean()) {
            words.addAll(List.of("proto", "any"));
        }
        PortMatch source = selector.sourcePort();
        PortMatch destination = selector.destinationPort();
        if (protocol == 47 && source.mask() != 0) {
            words.addAll(List.of("key", number(source.port() << 16 | destination.port())));
            return words;
        }
        boolean icmp = protocol == 1 || protocol == 58 || protocol == 135;
        if (source.mask() != 0) {
            words.addAll(List.of(icmp ? "type" : "sport", number(source.port())));
        }
        if (destination.mask() != 0) {
            words.addAll(List.of(icmp ? "code" : "dport", number(destination.port())));
        }
        return words;
    }

    private String prefix(IpPrefix prefix) {
        boolean host = prefix.length() == prefix.family().bits();
        return host && random.nextBoolean() ? prefix.address().toString() : prefix.toString();
    }

    private String mode(Mode mode) {
        String name = mode.toString();
        // One letter is the shortest for those that come first; r, i and b are unambiguous, i is in_trigger.
        return random.nextBoolean() || mode.equals(Mode.IPTFS) || mode.equals(Mode.TUNNEL)
                ? name
                : name.substring(0, 1 + random.nextInt(name.length()));
    }

    private static int swapped(int seq) {
        return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? seq : Integer.reverseBytes(seq);
    }

    private String number(int value) {
        return number(Integer.toUnsignedLong(value));
    }

    private String number(long value) {
        return switch (random.nextInt(4)) {
            case 0 -> "0x" + Long.toHexString(value);
            case 1 -> "0" + Long.toOctalString(value);
            case 2 -> "0X" + Long.toHexString(value).toUpperCase(java.util.Locale.ROOT);
            default -> Long.toUnsignedString(value);
        };
    }

    private static void addUnless(boolean absent, List<List<String>> options, String... words) {
        if (!absent) {
            options.add(List.of(words));
        }
    }

    private List<String> shuffled(List<String> first, List<List<String>> options) {
        Collections.shuffle(options, random);
        options.forEach(first::addAll);
        return first;
    }
}
