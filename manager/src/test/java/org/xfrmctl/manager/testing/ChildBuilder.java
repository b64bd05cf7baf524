package org.xfrmctl.manager.testing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.xfrmctl.manager.compile.ConnectionCompiler;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.model.Cpi;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.LifetimeLimits;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.PortMatch;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.definition.Child;
import org.xfrmctl.model.definition.ChildName;
import org.xfrmctl.model.definition.Connection;
import org.xfrmctl.model.definition.Definition;
import org.xfrmctl.model.definition.DerivedSas;
import org.xfrmctl.model.definition.Endpoints;
import org.xfrmctl.model.definition.EspProposal;
import org.xfrmctl.model.definition.HeaderOptions;
import org.xfrmctl.model.definition.Lifetime;
import org.xfrmctl.model.definition.Marks;
import org.xfrmctl.model.definition.Place;
import org.xfrmctl.model.definition.PolicyOptions;
import org.xfrmctl.model.definition.PolicyOptions.LevelChoice;
import org.xfrmctl.model.definition.PolicyOptions.OnDown;
import org.xfrmctl.model.definition.PolicyOptions.StartAction;
import org.xfrmctl.model.definition.SaPair;
import org.xfrmctl.model.definition.SaParameters;
import org.xfrmctl.model.definition.SizeOptions;
import org.xfrmctl.model.definition.Traffic;
import org.xfrmctl.model.definition.TrafficSelector;
import org.xfrmctl.model.definition.Transform;

/** A child with the options that a test names and plain ones for the rest. */
public final class ChildBuilder {
    public static final EspProposal GCM =
            new EspProposal("aes128gcm16", "rfc4106(gcm(aes))", 20, 128, Optional.empty(), 0);
    public static final EspProposal CBC =
            new EspProposal("aes128-sha256", "cbc(aes)", 16, 128, Optional.of("hmac(sha256)"), 32);

    private final String name;
    private String local = "192.0.2.1";
    private String remote = "192.0.2.2";
    private List<TrafficSelector> localTs = List.of(ts("10.1.0.0/16"));
    private List<TrafficSelector> remoteTs = List.of(ts("10.2.0.0/16"));
    private Mode mode = Mode.TUNNEL;
    private EspProposal esp = GCM;
    private boolean ipcomp;
    private int replayWindow = 32;
    private int tfcPadding;
    private HeaderOptions headers = HeaderOptions.DEFAULT;
    private SizeOptions sizes = SizeOptions.DEFAULT;
    private LevelChoice level = LevelChoice.AUTO;
    private Optional<Integer> priority = Optional.empty();
    private Optional<Reqid> reqid = Optional.empty();
    private OnDown onDown = OnDown.BLOCK;
    private StartAction startAction = StartAction.NONE;
    private boolean fwdOut;
    private Marks marks = Marks.NONE;
    private LifetimeLimits limits = LifetimeLimits.UNLIMITED;
    private int spi = 0x1000;
    private String key = "one";
    private boolean derived;

    private ChildBuilder(String name) {
        this.name = name;
    }

    public static ChildBuilder child(String name) {
        return new ChildBuilder(name);
    }

    public static TrafficSelector ts(String prefix) {
        return new TrafficSelector(IpPrefix.parse(prefix), IpProtocol.ANY, PortMatch.ANY);
    }

    public static TrafficSelector ts(String prefix, IpProtocol proto, PortMatch port) {
        return new TrafficSelector(IpPrefix.parse(prefix), proto, port);
    }

    public ChildBuilder between(String localAddress, String remoteAddress) {
        local = localAddress;
        remote = remoteAddress;
        return this;
    }

    public ChildBuilder traffic(String localPrefix, String remotePrefix) {
        return traffic(List.of(ts(localPrefix)), List.of(ts(remotePrefix)));
    }

    public ChildBuilder traffic(List<TrafficSelector> localSelectors, List<TrafficSelector> remoteSelectors) {
        localTs = localSelectors;
        remoteTs = remoteSelectors;
        return this;
    }

    /** Transport mode between the endpoints. */
    public ChildBuilder transport() {
        mode = Mode.TRANSPORT;
        return traffic(local, remote);
    }

    public ChildBuilder esp(EspProposal value) {
        esp = value;
        return this;
    }

    public ChildBuilder ipcomp() {
        ipcomp = true;
        return this;
    }

    public ChildBuilder replayWindow(int value) {
        replayWindow = value;
        return this;
    }

    public ChildBuilder tfcPadding(int value) {
        tfcPadding = value;
        return this;
    }

    public ChildBuilder sizes(SizeOptions value) {
        sizes = value;
        return this;
    }

    public ChildBuilder headers(HeaderOptions value) {
        headers = value;
        return this;
    }

    public ChildBuilder level(LevelChoice value) {
        level = value;
        return this;
    }

    public ChildBuilder priority(int value) {
        priority = Optional.of(value);
        return this;
    }

    public ChildBuilder reqid(int value) {
        reqid = Optional.of(new Reqid(value));
        return this;
    }

    public ChildBuilder startAction(StartAction value) {
        startAction = value;
        return this;
    }

    public ChildBuilder onDown(OnDown value) {
        onDown = value;
        return this;
    }

    public ChildBuilder fwdOut() {
        fwdOut = true;
        return this;
    }

    public ChildBuilder marks(Marks value) {
        marks = value;
        return this;
    }

    public ChildBuilder limits(LifetimeLimits value) {
        limits = value;
        return this;
    }

    /** The first of the two SPIs and CPIs. */
    public ChildBuilder spi(int value) {
        spi = value;
        return this;
    }

    public ChildBuilder key(String secret) {
        key = secret;
        return this;
    }

    /** Derived keys in place of two SAs. */
    public ChildBuilder derived(String secret) {
        derived = true;
        key = secret;
        return this;
    }

    public ChildName name() {
        return new ChildName("net", name);
    }

    public Child build() {
        return new Child(
                name(),
                place(name),
                new Endpoints(IpAddress.parse(local), IpAddress.parse(remote)),
                new Traffic(localTs, remoteTs, mode),
                new Transform(esp, ipcomp, replayWindow, tfcPadding),
                headers,
                sizes,
                new PolicyOptions(level, priority, reqid, onDown, startAction, fwdOut, marks),
                new Lifetime(limits),
                derived ? new DerivedSas(key, place(name)) : new SaPair(parameters(spi), parameters(spi + 1)));
    }

    private SaParameters parameters(int number) {
        return new SaParameters(
                new Spi(number), ipcomp ? Optional.of(new Cpi(number & 0xffff)) : Optional.empty(), key, place(name));
    }

    private static Place place(String path) {
        return new Place("test.yaml", 1, 1, path);
    }

    public static Definition definition(ChildBuilder... children) {
        List<Child> built = Stream.of(children).map(ChildBuilder::build).toList();
        IpAddress any = IpAddress.ANY_V4;
        return new Definition(List.of(new Connection("net", place("net"), any, any, built)), Map.of());
    }

    /** Compiles with keys of the right length for every secret that is named. */
    public static DesiredState compile(ChildBuilder... children) {
        return ConnectionCompiler.compile(definition(children), keys(children));
    }

    /** Keys of the right length for every secret that is named. */
    public static Map<String, Key> keys(ChildBuilder... children) {
        Map<String, Key> keys = new HashMap<>();
        for (ChildBuilder child : children) {
            keys.put(child.key, keyOf(child.key, child.derived ? DerivedSas.BYTES : child.esp.keyBytes()));
        }
        return keys;
    }

    public static DesiredState compile(UnaryOperator<ChildBuilder> options) {
        return compile(options.apply(child("a")));
    }

    private static Key keyOf(String secret, int bytes) {
        byte[] material = new byte[bytes];
        for (int i = 0; i < material.length; i++) {
            material[i] = (byte) (secret.hashCode() + i);
        }
        return Key.of(material);
    }
}
