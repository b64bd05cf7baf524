package org.xfrmctl.datapath.crypto;

import java.security.GeneralSecurityException;

/** A message authentication code under one key, over a message that comes in pieces. */
interface KeyedHash {
    /** Bytes of the whole value. */
    int length();

    void update(byte[] array, int offset, int count) throws GeneralSecurityException;

    /** Writes the value of the message so far to the start of {@code value} and begins a new one. */
    void finish(byte[] value) throws GeneralSecurityException;
}
