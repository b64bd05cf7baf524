package org.xfrmctl.datapath.crypto;

import javax.crypto.Cipher;

/** SPI and sequence number as combined modes authenticate them; extended numbers in full (RFC 4106, section 5). */
final class AssociatedData {
    private final boolean esn;
    private final byte[] extended = new byte[12];

    AssociatedData(boolean esn) {
        this.esn = esn;
    }

    void add(Cipher cipher, byte[] array, int start, long sequence) {
        if (!esn) {
            cipher.updateAAD(array, start, PacketCipher.ESP_HEADER);
            return;
        }
        System.arraycopy(array, start, extended, 0, 4);
        Words.putInt(extended, 4, (int) (sequence >>> 32));
        System.arraycopy(array, start + 4, extended, 8, 4);
        cipher.updateAAD(extended);
    }
}
