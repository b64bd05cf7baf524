package org.xfrmctl.netlink.command;

/** Names of network interfaces. */
final class Interfaces {
    private Interfaces() {}

    /** Takes a name; {@code if5} without an interface of that name is index 5, as {@code ip} prints one that is gone. */
    static int index(Words words, HostNames host) {
        String name = words.argument("dev needs the name of a network interface");
        int index = host.interfaceIndex().applyAsInt(name);
        if (index > 0) {
            return index;
        }
        if (name.startsWith("if")) {
            try {
                long number = Numbers.parse(name, 2, name.length());
                if (number > 0 && number <= Integer.MAX_VALUE) {
                    return (int) number;
                }
            } catch (NumberFormatException e) {
                // Refused below.
            }
        }
        throw words.refuse("there is no network interface of that name; see `ip link`");
    }
}
