package org.xfrmctl.datapath.ipcomp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Payloads of all the kinds that take different ways through deflate, each from a seed. */
enum Payloads {
    RANDOM {
        @Override
        void fill(byte[] payload, Random random) {
            random.nextBytes(payload);
        }
    },
    TEXT {
        @Override
        void fill(byte[] payload, Random random) {
            int at = 0;
            while (at < payload.length) {
                byte[] word = (WORDS[random.nextInt(WORDS.length)] + ' ').getBytes(StandardCharsets.US_ASCII);
                int length = Math.min(word.length, payload.length - at);
                System.arraycopy(word, 0, payload, at, length);
                at += length;
            }
        }
    },
    FOUR_LETTERS {
        @Override
        void fill(byte[] payload, Random random) {
            for (int i = 0; i < payload.length; i++) {
                payload[i] = (byte) random.nextInt(4);
            }
        }
    },
    /** Noise and copies of what stands up to 4000 bytes back: both sides of the 2048-byte window. */
    COPIES {
        @Override
        void fill(byte[] payload, Random random) {
            int at = 0;
            while (at < payload.length) {
                int end = Math.min(payload.length, at + 1 + random.nextInt(300));
                int distance = 1 + random.nextInt(4000);
                boolean noise = random.nextBoolean() || distance > at;
                for (; at < end; at++) {
                    payload[at] = noise ? (byte) random.nextInt(256) : payload[at - distance];
                }
            }
        }
    },
    ZEROS {
        @Override
        void fill(byte[] payload, Random random) {
            Arrays.fill(payload, (byte) 0);
        }
    },
    BELL_CURVE {
        @Override
        void fill(byte[] payload, Random random) {
            for (int i = 0; i < payload.length; i++) {
                payload[i] = (byte) (int) (random.nextGaussian() * 20);
            }
        }
    },
    /** Noise that repeats with a period around the longest distance that zlib looks back, 2048 - 262. */
    PERIOD {
        @Override
        void fill(byte[] payload, Random random) {
            byte[] period = new byte[1700 + random.nextInt(400)];
            random.nextBytes(period);
            for (int i = 0; i < payload.length; i++) {
                payload[i] = period[i % period.length];
            }
        }
    },
    /** Text first, noise behind: deflate changes its mind about the block type. */
    MIXED {
        @Override
        void fill(byte[] payload, Random random) {
            TEXT.fill(payload, random);
            for (int i = payload.length / 3; i < payload.length * 2 / 3; i++) {
                payload[i] = (byte) random.nextInt(256);
            }
        }
    };

    private static final String[] WORDS = {
        "the", "state", "policy", "tunnel", "kernel", "of", "and", "a", "0123456789", "window", "far", "\n", "golden"
    };

    abstract void fill(byte[] payload, Random random);

    byte[] make(int length, long seed) {
        byte[] payload = new byte[length];
        fill(payload, new Random(seed));
        return payload;
    }
}
