package org.xfrmctl.datapath.crypto;

import javax.crypto.Cipher;

/** SPI and sequence number as combined modes authenticate them; extended numbers in full (RFC 4106, section 5). */
final class AssociatedData {
    private final boolean esn;
    private final byte[] extended = new byte[12];

    AssociatedData(boolean esn) {
        this.esn = esn;
    }

    int length() {
        return esn ? extended.length : PacketCipher.ESP_HEADER;
    }

    /** Writes the {@link #length()} bytes to {@code target}. */
    void copyTo(byte[] target, int at, byte[] array, int start, long sequence) {
        if (esn) {
            extend(array, start, sequence);
            System.arraycopy(extended, 0, target, at, extended.length);
        } else {
            System.arraycopy(array, start, target, at, PacketCipher.ESP_HEADER);
        }
    }

    void add(Cipher cipher, byte[] array, int start, long sequence) {
        if (!esn) {
            cipher.updateAAD(array, start, PacketCipher.ESP_HEADER);
            return;
        }
        extend(array, start, sequence);
        cipher.updateAAD(extended);
    }

    private void extend(byte[] array, int start, long sequence) {
        System.arraycopy(array, start, extended, 0, 4);
        Words.putInt(extended, 4, (int) (sequence >>> 32));
        System.arraycopy(array, start + 4, extended, 8, 4);
    }
}
