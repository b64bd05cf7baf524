package org.xfrmctl.manager.plan;

import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;

/**
 * One request to the kernel. Its text is one line in the notation of {@code ip xfrm} behind {@code +}, {@code ~} or
 * {@code -}; it never holds a key.
 */
public sealed interface Change {
    Stage stage();

    /** {@code +} adds, {@code ~} changes in place, {@code -} removes. */
    char sign();

    /** The state or policy in the notation of {@code ip xfrm}. */
    String object();

    /** {@code sign} and {@code object} as one line. */
    default String line() {
        return sign() + " " + object();
    }

    record AddState(Stage stage, XfrmState state) implements Change {
        @Override
        public char sign() {
            return '+';
        }

        @Override
        public String object() {
            return Notation.of(state);
        }

        @Override
        public String toString() {
            return line();
        }
    }

    /** Sets the limits of a state that otherwise is as wanted: the one thing that UPDSA changes and we want changed. */
    record UpdateState(Stage stage, XfrmState state, XfrmState before) implements Change {
        @Override
        public char sign() {
            return '~';
        }

        @Override
        public String object() {
            return Notation.of(state) + " limits " + Notation.of(before.limits()) + " -> "
                    + Notation.of(state.limits());
        }

        @Override
        public String toString() {
            return line();
        }
    }

    record RemoveState(Stage stage, XfrmState state) implements Change {
        @Override
        public char sign() {
            return '-';
        }

        @Override
        public String object() {
            return Notation.of(state);
        }

        @Override
        public String toString() {
            return line();
        }
    }

    record AddPolicy(Stage stage, XfrmPolicy policy) implements Change {
        @Override
        public char sign() {
            return '+';
        }

        @Override
        public String object() {
            return Notation.of(policy);
        }

        @Override
        public String toString() {
            return line();
        }
    }

    /** Replaces a policy under the same key in one step (UPDPOLICY): there is no moment without one. */
    record UpdatePolicy(Stage stage, XfrmPolicy policy, XfrmPolicy before) implements Change {
        @Override
        public char sign() {
            return '~';
        }

        @Override
        public String object() {
            return Notation.of(policy);
        }

        @Override
        public String toString() {
            return line();
        }
    }

    record RemovePolicy(Stage stage, XfrmPolicy policy) implements Change {
        @Override
        public char sign() {
            return '-';
        }

        @Override
        public String object() {
            return Notation.of(policy);
        }

        @Override
        public String toString() {
            return line();
        }
    }
}
