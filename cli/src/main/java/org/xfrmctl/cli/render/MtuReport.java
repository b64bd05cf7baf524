package org.xfrmctl.cli.render;

import java.util.List;
import org.xfrmctl.manager.mtu.ChildMtu;
import org.xfrmctl.manager.mtu.KernelWord;

/** What was computed for a child, and what the kernel says; nothing if it was not asked at all. */
public record MtuReport(ChildMtu computed, List<KernelWord> kernel) {
    public MtuReport {
        kernel = List.copyOf(kernel);
    }

    /** Whether the kernel says another thing. */
    public boolean isContradicted() {
        return kernel.stream().anyMatch(word -> word.contradicts(computed));
    }
}
