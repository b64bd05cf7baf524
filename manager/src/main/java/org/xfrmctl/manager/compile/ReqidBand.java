package org.xfrmctl.manager.compile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.zip.CRC32;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.definition.ChildName;

/**
 * The reqids 0x58000000 to 0x58ffffff ("X"), which mark an object as ours. Keying daemons count up from 1, so they do
 * not meet. A child's own one follows from its name and is thus the same after every restart.
 */
public final class ReqidBand {
    private static final int PREFIX = 0x58000000;
    private static final int LOW = 0x00ffffff;

    private ReqidBand() {}

    public static Reqid of(ChildName name) {
        CRC32 crc = new CRC32();
        crc.update(name.toString().getBytes(UTF_8));
        return new Reqid(PREFIX | ((int) crc.getValue() & LOW));
    }

    public static boolean contains(Reqid reqid) {
        return (reqid.bits() & ~LOW) == PREFIX;
    }
}
