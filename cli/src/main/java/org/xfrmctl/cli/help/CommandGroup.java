package org.xfrmctl.cli.help;

import java.util.List;

/** The commands in the order in which somebody meets them, by what they are for. */
// The lists are List.of(…), which the checker cannot see from the type.
@SuppressWarnings("ImmutableEnumChecker")
public enum CommandGroup {
    DEFINING("What is to be", "check", "keygen", "mirror", "firewall"),
    RUNNING(
            "Bring it about, and keep it so",
            "plan",
            "up",
            "down",
            "apply",
            "lockdown",
            "trap",
            "rekey",
            "interface",
            "watch",
            "ask",
            "health"),
    LOOKING("Look at it", "status", "counters", "flow", "mtu"),
    MENDING("Find out what is wrong", "doctor", "explain", "snapshot"),
    IP_XFRM("What ip xfrm does, in its words", "state", "policy", "batch", "monitor"),
    USERSPACE("Without privileges", "lab", "daemon", "ping"),
    PROGRAM("This program", "version", "completion", "manual", "help");

    private final String title;
    private final List<String> commands;

    CommandGroup(String title, String... commands) {
        this.title = title;
        this.commands = List.of(commands);
    }

    /** What its commands are for, for a heading. */
    public String title() {
        return title;
    }

    /** The names of its commands. */
    public List<String> commands() {
        return commands;
    }
}
