package org.xfrmctl.manager.journal;

import java.util.HashMap;
import java.util.Map;
import org.xfrmctl.model.definition.Child;

/**
 * Which epochs of derived keys were used. It must outlive boots: a key whose sequence numbers are forgotten must not come
 * back, or one nonce meets it twice (RFC 4106, section 3).
 */
public interface EpochStore extends AutoCloseable {
    /** The last epoch that a child was up with; 0 if it never was. */
    long used(Child child);

    /**
     * Notes epochs that are about to be used, by child; they last when this returns.
     *
     * @throws JournalException if they cannot be written
     */
    void use(Map<Child, Long> epochs);

    @Override
    default void close() {}

    /** One that lasts as long as itself, for kernels that nobody else gets at. */
    static EpochStore inMemory() {
        Map<String, Long> used = new HashMap<>();
        return new EpochStore() {
            @Override
            public long used(Child child) {
                return used.getOrDefault(name(child), 0L);
            }

            @Override
            public void use(Map<Child, Long> epochs) {
                epochs.forEach((child, epoch) -> used.put(name(child), epoch));
            }
        };
    }

    /** The addresses belong to it, as they do to the keys: two hosts' stores may be one. */
    static String name(Child child) {
        return child.name() + " " + child.endpoints().local() + " "
                + child.endpoints().remote();
    }
}
