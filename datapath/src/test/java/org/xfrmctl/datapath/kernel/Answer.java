package org.xfrmctl.datapath.kernel;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.xfrmctl.netlink.Errno;

/** What an acknowledgement says: {@code OK} or the errno's name, and the text of the extended ack or nothing. */
record Answer(String errno, String text) {
    static Answer of(byte[] acknowledgement) {
        ByteBuffer ack = KernelFixtures.buffer(acknowledgement);
        int error = -ack.getInt(16);
        String name = error == 0 ? "OK" : Errno.of(error).orElseThrow().name();
        int flags = ack.getShort(6);
        if ((flags & 0x200) == 0) {
            return new Answer(name, "");
        }
        int echoed = (flags & 0x100) != 0 ? 16 : (ack.getInt(20) + 3) & ~3;
        int at = 20 + echoed;
        int length = ack.getShort(at);
        return new Answer(name, new String(acknowledgement, at + 4, length - 5, StandardCharsets.US_ASCII));
    }
}
