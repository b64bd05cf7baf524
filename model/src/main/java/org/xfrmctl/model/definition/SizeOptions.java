package org.xfrmctl.model.definition;

import java.util.OptionalInt;

/**
 * How long packets may be, where the definition says less than the transforms leave: {@code mtu} and {@code mss}.
 *
 * @param mtu of this child's packets before they are protected, in bytes with their IP header; it can only lower what is
 *     left for them
 */
public record SizeOptions(OptionalInt mtu, Mss mss) {
    public static final SizeOptions DEFAULT = new SizeOptions(OptionalInt.empty(), Mss.none());

    /** What is said to the ends of TCP connections: the greatest segment that they may send (RFC 9293, section 3.7.1). */
    public sealed interface Mss {
        static Mss none() {
            return None.NONE;
        }

        static Mss auto() {
            return Auto.AUTO;
        }

        /** Says nothing: the ends go by their own links. */
        enum None implements Mss {
            NONE;

            @Override
            public String toString() {
                return "no";
            }
        }

        /** What the ways of both directions leave, as far as this host knows them. */
        enum Auto implements Mss {
            AUTO;

            @Override
            public String toString() {
                return "auto";
            }
        }

        /** This many bytes, without IP and TCP headers. */
        record Fixed(int bytes) implements Mss {
            @Override
            public String toString() {
                return Integer.toString(bytes);
            }
        }
    }
}
