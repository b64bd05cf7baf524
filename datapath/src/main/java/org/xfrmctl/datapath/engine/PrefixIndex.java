package org.xfrmctl.datapath.engine;

import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.xfrmctl.model.IpAddress;

/**
 * Values by prefix, found for an address with one look for each prefix length that is present. A look makes no object,
 * which {@link java.util.Map} with its keys would. All addresses are of one family; bits behind the prefix do not count.
 */
final class PrefixIndex<V> {
    private record Node<V>(
            IpAddress address,
            int length,
            int hash,
            V value,
            @Nullable Node<V> next) {}

    private @Nullable Node<V>[] table = table(1);
    private int size;
    /** The lengths that are present in the order of their coming, and how many prefixes have each. */
    private int[] lengths = new int[1];

    private int[] users = new int[1];
    private int lengthCount;

    int lengthCount() {
        return lengthCount;
    }

    /** For indexes below {@link #lengthCount}. */
    int length(int index) {
        return lengths[index];
    }

    /** The value of the prefix that has this length and this address in it. */
    @Nullable
    V get(IpAddress address, int length) {
        int hash = hash(address, length);
        for (Node<V> node = table[hash & table.length - 1]; node != null; node = node.next) {
            if (node.hash == hash && node.length == length && node.address.sharesPrefix(address, length)) {
                return node.value;
            }
        }
        return null;
    }

    V computeIfAbsent(IpAddress address, int length, Supplier<V> supplier) {
        V present = get(address, length);
        if (present != null) {
            return present;
        }
        if (size == table.length) {
            grow();
        }
        int hash = hash(address, length);
        int slot = hash & table.length - 1;
        V fresh = supplier.get();
        table[slot] = new Node<>(address, length, hash, fresh, table[slot]);
        size++;
        use(length);
        return fresh;
    }

    void remove(IpAddress address, int length) {
        int slot = hash(address, length) & table.length - 1;
        @Nullable Node<V> kept = null;
        for (Node<V> node = table[slot]; node != null; node = node.next) {
            if (node.length == length && node.address.sharesPrefix(address, length)) {
                size--;
                release(length);
            } else {
                kept = new Node<>(node.address, node.length, node.hash, node.value, kept);
            }
        }
        table[slot] = kept;
    }

    boolean isEmpty() {
        return size == 0;
    }

    private void use(int length) {
        int at = indexOf(length);
        if (at == lengthCount) {
            if (at == lengths.length) {
                lengths = Arrays.copyOf(lengths, 2 * at);
                users = Arrays.copyOf(users, 2 * at);
            }
            lengths[at] = length;
            users[at] = 0;
            lengthCount++;
        }
        users[at]++;
    }

    private void release(int length) {
        int at = indexOf(length);
        if (--users[at] == 0) {
            lengthCount--;
            lengths[at] = lengths[lengthCount];
            users[at] = users[lengthCount];
        }
    }

    private int indexOf(int length) {
        int at = 0;
        while (at < lengthCount && lengths[at] != length) {
            at++;
        }
        return at;
    }

    private void grow() {
        @Nullable Node<V>[] old = table;
        table = table(2 * old.length);
        for (Node<V> first : old) {
            for (Node<V> node = first; node != null; node = node.next) {
                int slot = node.hash & table.length - 1;
                table[slot] = new Node<>(node.address, node.length, node.hash, node.value, table[slot]);
            }
        }
    }

    /** Words behind the prefix count as zero. */
    private static int hash(IpAddress address, int length) {
        int hash = masked(address.word0(), length) + length * 0x2545f491;
        if (length > 32) {
            hash = hash * 31 + masked(address.word1(), length - 32);
            hash = hash * 31 + masked(address.word2(), length - 64);
            hash = hash * 31 + masked(address.word3(), length - 96);
        }
        hash *= 0x9e3779b1;
        return hash ^ hash >>> 15;
    }

    private static int masked(int word, int length) {
        if (length >= 32) {
            return word;
        }
        return length <= 0 ? 0 : word & -1 << 32 - length;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no generic arrays.
    private static <V> @Nullable Node<V>[] table(int length) {
        return new Node[length];
    }
}
