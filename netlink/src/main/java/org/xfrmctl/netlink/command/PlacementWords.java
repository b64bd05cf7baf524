package org.xfrmctl.netlink.command;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.xfrmctl.model.Offload;
import org.xfrmctl.model.Placement;
import org.xfrmctl.model.SaDirection;

/** {@code dir in|out}, {@code pcpu-num N} and {@code offload [crypto|packet] dev DEV dir DIR} of a state. */
final class PlacementWords {
    static final List<String> WORDS = List.of("dir", "pcpu-num", "offload");
    static final List<String> DIRECTIONS = List.of("in", "out");

    private static final int NO_CPU = -1;

    private final Words words;
    private final HostNames host;
    private Optional<SaDirection> direction = Optional.empty();
    private OptionalInt cpu = OptionalInt.empty();
    private OptionalInt device = OptionalInt.empty();
    private boolean packets;

    PlacementWords(Words words, HostNames host) {
        this.words = words;
        this.host = host;
    }

    boolean read(String word) {
        switch (word) {
            case "dir" -> direction = Optional.of(direction(words));
            case "pcpu-num" -> {
                int number = words.u32(word);
                cpu = number == NO_CPU ? OptionalInt.empty() : OptionalInt.of(number);
            }
            case "offload" -> readOffload();
            default -> {
                return false;
            }
        }
        return true;
    }

    static SaDirection direction(Words words) {
        return switch (words.argument("dir is in or out")) {
            case "in" -> SaDirection.IN;
            case "out" -> SaDirection.OUT;
            default -> throw words.unknown("dir", DIRECTIONS);
        };
    }

    /** Its direction is the state's: the last one that is given counts for both. */
    private void readOffload() {
        if (words.takeIf("packet")) {
            packets = true;
        } else {
            words.takeIf("crypto");
        }
        device = OptionalInt.of(device(words, host));
        if (!words.takeIf("dir")) {
            throw after("dir in or dir out");
        }
        direction = Optional.of(direction(words));
    }

    /** Takes {@code dev DEV} of an offload. */
    static int device(Words words, HostNames host) {
        if (!words.takeIf("dev")) {
            throw after(words, "dev DEV");
        }
        return Interfaces.index(words, host);
    }

    private CommandException after(String expected) {
        return after(words, expected);
    }

    private static CommandException after(Words words, String expected) {
        words.argument("offload needs " + expected);
        return words.refuse("offload needs " + expected + " here");
    }

    boolean isOutbound() {
        return direction.equals(Optional.of(SaDirection.OUT));
    }

    Placement placement() {
        if (direction.isEmpty() && cpu.isEmpty() && device.isEmpty()) {
            return Placement.ANYWHERE;
        }
        int flags =
                (direction.equals(Optional.of(SaDirection.IN)) ? Offload.INBOUND : 0) | (packets ? Offload.PACKET : 0);
        Optional<Offload> offload =
                device.isPresent() ? Optional.of(new Offload(device.getAsInt(), flags)) : Optional.empty();
        return new Placement(direction, cpu, offload);
    }
}
