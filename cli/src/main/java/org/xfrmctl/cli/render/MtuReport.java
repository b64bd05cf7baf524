package org.xfrmctl.cli.render;

import java.util.List;
import org.xfrmctl.manager.mtu.ChildMtu;
import org.xfrmctl.manager.mtu.KernelWord;
import org.xfrmctl.model.definition.ChildName;

/** What is to be said of one child. */
public sealed interface MtuReport {
    /** Whether all is well: it was computed, and the kernel says no other thing. */
    boolean isGood();

    /** What was computed, and what the kernel says; nothing if it was not asked at all. */
    record Computed(ChildMtu mtu, List<KernelWord> kernel) implements MtuReport {
        public Computed {
            kernel = List.copyOf(kernel);
        }

        @Override
        public boolean isGood() {
            return kernel.stream().noneMatch(word -> word.contradicts(mtu));
        }
    }

    /** Nothing could be computed, as of a child without a way to its peer. */
    record Failed(ChildName child, String error) implements MtuReport {
        @Override
        public boolean isGood() {
            return false;
        }
    }
}
