package org.xfrmctl.netlink.command;

import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.xfrmctl.model.Key;

/**
 * What only the host knows of the names in a command.
 *
 * @param interfaceIndex the index of a network interface; 0 if there is none of that name
 * @param protocol the number of an IP protocol by its name
 * @param keyFile the key in the file that {@code @FILE} names, as hex digits; throws {@link
 *     org.xfrmctl.model.definition.ConfigException} if it may not be used
 */
public record HostNames(
        ToIntFunction<String> interfaceIndex, Function<String, OptionalInt> protocol, Function<String, Key> keyFile) {}
