package org.xfrmctl.datapath.host.tcp;

/**
 * The state of a connection (RFC 9293, section 3.3.2, figure 5), and where closing leads from it. LISTEN is no
 * connection's state here: what listens is a port of {@link Tcp}.
 */
public sealed interface State {
    /** Whether data from the peer is taken. */
    default boolean receives() {
        return false;
    }

    /** Whether the application may still send. */
    default boolean sends() {
        return false;
    }

    /** After the application has closed. */
    default State afterClose() {
        return this;
    }

    /** After the peer's FIN. */
    default State afterFin() {
        return this;
    }

    /** After our FIN has been acknowledged. */
    default State afterFinAcknowledged() {
        return this;
    }

    record SynSent() implements State {}

    record SynReceived() implements State {
        @Override
        public boolean receives() {
            return true;
        }
    }

    record Established() implements State {
        @Override
        public boolean receives() {
            return true;
        }

        @Override
        public boolean sends() {
            return true;
        }

        @Override
        public State afterClose() {
            return new FinWait1();
        }

        @Override
        public State afterFin() {
            return new CloseWait();
        }
    }

    record FinWait1() implements State {
        @Override
        public boolean receives() {
            return true;
        }

        @Override
        public State afterFin() {
            return new Closing();
        }

        @Override
        public State afterFinAcknowledged() {
            return new FinWait2();
        }
    }

    record FinWait2() implements State {
        @Override
        public boolean receives() {
            return true;
        }

        @Override
        public State afterFin() {
            return new TimeWait();
        }
    }

    record CloseWait() implements State {
        @Override
        public boolean sends() {
            return true;
        }

        @Override
        public State afterClose() {
            return new LastAck();
        }
    }

    record Closing() implements State {
        @Override
        public State afterFinAcknowledged() {
            return new TimeWait();
        }
    }

    record LastAck() implements State {
        @Override
        public State afterFinAcknowledged() {
            return new Closed("");
        }
    }

    record TimeWait() implements State {}

    /** The end; {@code reason} in the words of the errno, empty if both ends had closed. */
    record Closed(String reason) implements State {}
}
