package org.xfrmctl.manager.doctor;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.xfrmctl.model.XfrmCounter;

/** What a counter of xfrm_stat counts, why it rises, mostly, and what helps; each for people. */
record CounterWords(String what, String why, String fix) {
    private static final Map<XfrmCounter, CounterWords> WORDS = words();

    private static Map<XfrmCounter, CounterWords> words() {
        Map<XfrmCounter, CounterWords> words = new EnumMap<>(XfrmCounter.class);
        words.put(
                XfrmCounter.IN_ERROR,
                new CounterWords(
                        "packets come in that no transform could be looked for, or for whom there was no memory",
                        "The ICMP errors and the packets of unknown shape end up here.",
                        "Capture what comes in, and look for what is cut short."));
        words.put(
                XfrmCounter.IN_BUFFER_ERROR,
                new CounterWords(
                        "packets come in wrapped more often than the kernel unwraps",
                        "A packet goes through six transforms at most (XFRM_MAX_DEPTH).",
                        "Take tunnels out of tunnels."));
        words.put(
                XfrmCounter.IN_HDR_ERROR,
                new CounterWords(
                        "packets come in with a broken header",
                        "Too short, or the SPI cannot be read.",
                        "Capture them: something on the way changes or cuts them."));
        words.put(
                XfrmCounter.IN_NO_STATES,
                new CounterWords(
                        "packets come in for an SPI that this host does not know",
                        "The peer sends by a state that is not here: it was not told of a restart or of new keys, or the SPIs of a"
                                + " definition differ. A port scan does it, too.",
                        "Compare the SPIs of both ends: ip xfrm state; restart the connection at the other end."));
        words.put(
                XfrmCounter.IN_STATE_PROTO_ERROR,
                new CounterWords(
                        "packets come in that are not authentic, or cannot be decrypted or unpacked",
                        "Keys, algorithm or the length of the integrity check value differ between the ends, or the packets were changed"
                                + " on the way. The state's own \"failed\" counts those that were not authentic.",
                        "Compare algorithms and keys at both ends (HMAC-SHA-256 is truncated to 96 by some, to 128 by others)."));
        words.put(
                XfrmCounter.IN_STATE_MODE_ERROR,
                new CounterWords(
                        "packets come in whose inside does not fit the mode of their state",
                        "One end has tunnel mode and the other transport mode, or the inner family is not that of the state.",
                        "Give both ends the same mode and selectors."));
        words.put(
                XfrmCounter.IN_STATE_SEQ_ERROR,
                new CounterWords(
                        "packets come in too late for the replay window, or twice",
                        "Packets overtake each other by more than the window, are sent again by somebody, or the peer began to count"
                                + " anew with the old SPI.",
                        "A larger replay_window if \"replay-window\" of the state rises; new keys if the peer has restarted."));
        words.put(
                XfrmCounter.IN_STATE_EXPIRED,
                new CounterWords(
                        "packets come in by a state whose hard limit is over",
                        "The peer goes on sending by a state that this host does not accept any more.",
                        "Rekey; limits of the same length at both ends, soft ones well before."));
        words.put(
                XfrmCounter.IN_STATE_MISMATCH,
                new CounterWords(
                        "packets come in through a state that is for others",
                        "The inner packet does not fit the state's own selector, or encapsulation in UDP is not as the state has it.",
                        "Compare the selectors of both ends, and encap."));
        words.put(
                XfrmCounter.IN_STATE_INVALID,
                new CounterWords(
                        "packets come in by a state that is being taken away",
                        "A moment in which it is neither there nor gone.",
                        "If it goes on: ip xfrm monitor state."));
        words.put(
                XfrmCounter.IN_TMPL_MISMATCH,
                new CounterWords(
                        "packets come in that did not go through what their policy asks for",
                        "They came in clear, or uncompressed where compression is required, or by a state of another reqid or mode.",
                        "xfrmctl explain SRC DST --in tells which template it is."));
        words.put(
                XfrmCounter.IN_NO_POLS,
                new CounterWords(
                        "packets come in by a tunnel that no policy lets in",
                        "What comes out of a tunnel needs an inbound policy, and where it is passed on one in fwd; or the default is to"
                                + " block.",
                        "xfrmctl explain SRC DST --in and --fwd tell which is missing."));
        words.put(
                XfrmCounter.IN_POL_BLOCK,
                new CounterWords(
                        "packets come in that a policy blocks",
                        "Someone blocks them on purpose, as xfrmctl does for what is down.",
                        "Nothing, if they are meant to be blocked; else \"xfrmctl up\" or ip xfrm policy delete."));
        words.put(
                XfrmCounter.IN_POL_ERROR,
                new CounterWords(
                        "policies could not be looked up for packets that come in",
                        "There was no memory, or a security module refused.",
                        "Look at the kernel's log."));
        words.put(
                XfrmCounter.OUT_ERROR,
                new CounterWords(
                        "packets cannot leave their bundle",
                        "The route behind the transforms is gone.",
                        "Look at the route to the peer: ip route get."));
        words.put(
                XfrmCounter.OUT_BUNDLE_GEN_ERROR,
                new CounterWords(
                        "no way could be made of policies and states",
                        "The route to the peer is missing, or there was no memory.",
                        "ip route get to the peer."));
        words.put(
                XfrmCounter.OUT_BUNDLE_CHECK_ERROR,
                new CounterWords(
                        "a way is no longer valid",
                        "A route or state of it changed.",
                        "If it goes on, look what changes routes: ip monitor route."));
        words.put(
                XfrmCounter.OUT_NO_STATES,
                new CounterWords(
                        "packets are dropped because their policy's states are missing",
                        "The kernel asks keying daemons for them, and none answers in time.",
                        "\"xfrmctl up\", or start the connection in the daemon; doctor's no-state says for which policy."));
        words.put(
                XfrmCounter.OUT_STATE_PROTO_ERROR,
                new CounterWords(
                        "packets cannot be encrypted",
                        "The transform refused them; an IPv4 packet of more than 65,535 bytes is one.",
                        "Look at the kernel's log."));
        words.put(
                XfrmCounter.OUT_STATE_MODE_ERROR,
                new CounterWords(
                        "packets are too long, or do not fit the mode of their state",
                        "With DF and longer than the path takes they are refused here when the route's MTU did not stop them before.",
                        "xfrmctl mtu and xfrmctl mtu probe."));
        words.put(
                XfrmCounter.OUT_STATE_SEQ_ERROR,
                new CounterWords(
                        "a state has no sequence number left",
                        "2^32 packets were sent by it (RFC 4303, section 3.3.3).",
                        "Rekey now."));
        words.put(
                XfrmCounter.OUT_STATE_EXPIRED,
                new CounterWords(
                        "packets would leave by a state whose hard limit is over",
                        "Nobody has made new states in time.",
                        "Rekey; a soft limit well before the hard one."));
        words.put(
                XfrmCounter.OUT_POL_BLOCK,
                new CounterWords(
                        "packets are blocked by a policy on their way out",
                        "Someone blocks them on purpose, as xfrmctl does for what is down.",
                        "Nothing, if they are meant to be blocked; else \"xfrmctl up\" or ip xfrm policy delete."));
        words.put(
                XfrmCounter.OUT_POL_DEAD,
                new CounterWords(
                        "packets meet a policy that is being removed",
                        "A moment between two policies.",
                        "If it goes on: ip xfrm monitor policy."));
        words.put(
                XfrmCounter.OUT_POL_ERROR,
                new CounterWords(
                        "policies could not be looked up",
                        "There was no memory, or they contradict each other.",
                        "Look at sub policies: ip xfrm policy list ptype sub."));
        words.put(
                XfrmCounter.FWD_HDR_ERROR,
                new CounterWords(
                        "packets to be passed on have a header that cannot be read",
                        "They are cut short or broken.",
                        "Capture them."));
        words.put(
                XfrmCounter.OUT_STATE_INVALID,
                new CounterWords(
                        "packets would leave by a state that was removed",
                        "A moment between two states.",
                        "If it goes on: ip xfrm monitor state."));
        words.put(
                XfrmCounter.ACQUIRE_ERROR,
                new CounterWords(
                        "packets come in for a state that waits for its keys",
                        "A keying daemon has not finished.",
                        "Look at the daemon's log."));
        words.put(
                XfrmCounter.OUT_STATE_DIR_ERROR,
                new CounterWords(
                        "packets would leave by a state for the way in",
                        "Its direction says so (XFRMA_SA_DIR).",
                        "Make it again with the other dir."));
        words.put(
                XfrmCounter.IN_STATE_DIR_ERROR,
                new CounterWords(
                        "packets come in by a state for the way out",
                        "Its direction says so (XFRMA_SA_DIR).",
                        "Make it again with the other dir."));
        words.put(
                XfrmCounter.IN_IPTFS_ERROR,
                new CounterWords(
                        "aggregated packets come in broken",
                        "Parts are missing or the format is wrong (RFC 9347).",
                        "Look for loss on the way; compare the modes of both ends."));
        words.put(
                XfrmCounter.OUT_NO_QUEUE_SPACE,
                new CounterWords(
                        "packets wait in a full queue",
                        "More is to be sent than IP-TFS sends (RFC 9347).",
                        "A higher rate or a longer queue (iptfs-max-queue-size)."));
        return words;
    }

    static CounterWords of(XfrmCounter counter) {
        return Objects.requireNonNull(WORDS.get(counter), counter::toString);
    }
}
