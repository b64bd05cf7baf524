package org.xfrmctl.it.scenario;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.xfrmctl.cli.lab.Scenario;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.esp.EspTransform;
import org.xfrmctl.datapath.ipcomp.IpcompTransform;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.manager.compile.ConnectionCompiler;
import org.xfrmctl.manager.compile.Epochs;
import org.xfrmctl.model.Cpi;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.model.definition.Definition;
import org.xfrmctl.model.definition.DefinitionReader;

/** Takes captured ESP packets apart again, to see what the sending host was given to protect. */
final class Opener {
    /** Those that a scenario gets to: what one end sends by the other one accepts. */
    private static final Epochs EPOCHS =
            new Epochs(1, LongStream.rangeClosed(2, 20).boxed().toList());

    private final Map<Integer, EspTransform> transforms = new HashMap<>();
    private final Map<Integer, XfrmState> states = new LinkedHashMap<>();

    Opener(String name, Scenario scenario) {
        scenario.files().forEach(file -> {
            Definition definition = DefinitionReader.read(file);
            Map<String, Key> keys = new HashMap<>();
            definition
                    .children()
                    .forEach(child -> child.sas()
                            .secrets(child.transform().esp())
                            .forEach(use ->
                                    keys.put(use.name(), ScenarioKeys.of(name).apply(use.name(), use.bytes()))));
            ConnectionCompiler.compile(definition, keys, child -> EPOCHS)
                    .states()
                    .filter(state -> state.id().protocol().equals(IpProtocol.ESP))
                    .forEach(state -> {
                        int spi = state.id().spi().bits();
                        states.put(spi, state);
                        transforms.put(
                                spi,
                                EspTransform.of(state.algorithms(), state.id().spi(), false, new Random()));
                    });
        });
    }

    /** The ESP states, each once: both ends have it. */
    Collection<XfrmState> states() {
        return states.values();
    }

    /** What is inside: protocol of the payload and the payload itself, decompressed. */
    record Opened(int protocol, PacketBuffer payload) {}

    /** Empty if this is no whole ESP packet under a known key. */
    Optional<Opened> open(PacketBuffer packet) {
        IpHeader outer = IpHeader.read(packet).orElseThrow();
        if (outer.protocol() != IpProtocol.ESP.number()) {
            return Optional.empty();
        }
        PacketBuffer payload = PacketBuffer.of(packet.toBytes());
        payload.dropFront(outer.length());
        return Optional.ofNullable(transforms.get(payload.i32(0))).flatMap(transform -> {
            int protocol = transform.open(payload, Integer.toUnsignedLong(payload.i32(4)));
            if (protocol == IpProtocol.COMP.number()) {
                protocol = IpcompTransform.deflate(new Cpi(payload.u16(2))).decompress(payload);
            }
            return protocol < 0 ? Optional.empty() : Optional.of(new Opened(protocol, payload));
        });
    }
}
