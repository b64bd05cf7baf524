package org.xfrmctl.netlink.xfrm;

import java.util.List;
import java.util.Optional;
import org.xfrmctl.model.Cpi;

/** What to do about a refusal, by the words of the kernel's text. */
final class KernelWords {
    private static final String CPI = String.format(
            "a CPI has 16 bits; those that may be chosen freely are 0x%x to 0x%x (RFC 3173, section 3.3)",
            Cpi.LOWEST, Cpi.HIGHEST);

    private static final String WINDOW = "extended sequence numbers need a replay window of at least 1; a kernel since"
            + " Linux 6.10 does without where the state's direction is out";

    private static final String MODES =
            "states have mode transport, tunnel, beet or, over IPv6, ro; iptfs needs CONFIG_XFRM_IPTFS (module"
                    + " xfrm_iptfs), which is there since Linux 6.14";

    /** A part of the kernel's text, and what helps. */
    private record Words(String part, String hint) {}

    /** The first that fits counts. */
    private static final List<Words> ALL = List.of(
            new Words("SPI is too large for COMP", CPI),
            new Words("IPCOMP SPI must be", CPI),
            new Words("ESN replay window must be > 0", WINDOW),
            new Words("Missing required attribute for ESN", WINDOW),
            new Words("ESN replay window is too large", "the bitmap has one bit for each packet of the window"),
            new Words("ESN not compatible with legacy", "the window belongs into the ESN attribute alone"),
            new Words(
                    "initialize cryptographic",
                    "the key does not fit the algorithm, or the kernel's crypto modules are missing"),
            new Words("Invalid attribute SA_DIR", "only requests that make or change a state may say its direction"),
            new Words(
                    "NAT keepalive is only supported",
                    "keepalives need UDP encapsulation (espinudp) and direction out"),
            new Words(
                    "index doesn't match direction",
                    "the low three bits of an index are the direction: 0 for in, 1 for out, 2 for fwd"),
            new Words("Unsupported mode", MODES),
            new Words("Requested mode not found", MODES),
            new Words(
                    "Unsupported encapsulation type",
                    "espinudp is part of ESP; espintcp needs CONFIG_INET_ESPINTCP, over IPv6 CONFIG_INET6_ESPINTCP"),
            new Words("pCPU number too big", "CPUs count from 0 to the last that this machine may have"),
            new Words(
                    "policy validation",
                    "the attribute has not the length that this kernel wants: it may be newer than this program"),
            new Words(
                    "Mode in optional template",
                    "outbound, level use is for transport mode alone: a tunnel left out would send in clear"));

    private KernelWords() {}

    static Optional<String> hint(String text) {
        return ALL.stream()
                .filter(words -> text.contains(words.part))
                .map(Words::hint)
                .findFirst();
    }
}
