package org.xfrmctl.datapath.crypto;

import java.util.function.Supplier;
import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.params.KeyParameter;

/** A block cipher that the JDK lacks, in CBC with an explicit IV of one block (RFC 4312, section 3). */
final class EngineCbc implements TextCipher {
    private final BlockCipher encryptor;
    private final BlockCipher decryptor;
    private final int block;
    private final IvGenerator ivs;

    EngineCbc(Supplier<BlockCipher> engines, byte[] key, IvGenerator ivs) {
        this.encryptor = engines.get();
        this.decryptor = engines.get();
        KeyParameter parameter = new KeyParameter(key);
        encryptor.init(true, parameter);
        decryptor.init(false, parameter);
        this.block = encryptor.getBlockSize();
        this.ivs = ivs;
    }

    @Override
    public int ivLength() {
        return block;
    }

    @Override
    public int blockSize() {
        return block;
    }

    @Override
    public boolean takes(int length) {
        return length % block == 0;
    }

    @Override
    public void encrypt(byte[] array, int iv, int end, long sequence) {
        ivs.write(array, iv, block, sequence);
        for (int at = iv + block; at < end; at += block) {
            chain(array, at);
            encryptor.processBlock(array, at, array, at);
        }
    }

    /** From the end, so that the ciphertext before each block is still there. */
    @Override
    public void decrypt(byte[] array, int iv, int end) {
        for (int at = end - block; at > iv; at -= block) {
            decryptor.processBlock(array, at, array, at);
            chain(array, at);
        }
    }

    private void chain(byte[] array, int at) {
        for (int i = 0; i < block; i++) {
            array[at + i] ^= array[at + i - block];
        }
    }
}
