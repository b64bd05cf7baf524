package org.xfrmctl.datapath.ipcomp;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** zlib itself, as python3 offers it, with the kernel's parameters: the oracle of these tests. */
final class Python implements AutoCloseable {
    private static final String PROGRAM = """
            import struct, sys, zlib
            i, o = sys.stdin.buffer, sys.stdout.buffer
            while True:
                head = i.read(4)
                if len(head) < 4:
                    break
                data = i.read(struct.unpack('>I', head)[0])
                c = zlib.compressobj(6, zlib.DEFLATED, -11, 8)
                out = c.compress(data) + c.flush()
                o.write(struct.pack('>I', len(out)) + out)
                o.flush()
            """;

    private final Process process;
    private final DataOutputStream out;
    private final DataInputStream in;

    Python() throws IOException {
        process = new ProcessBuilder("python3", "-c", PROGRAM).start();
        out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream(), 1 << 17));
        in = new DataInputStream(process.getInputStream());
    }

    byte[] deflate(byte[] payload) throws IOException {
        out.writeInt(payload.length);
        out.write(payload);
        out.flush();
        byte[] deflated = new byte[in.readInt()];
        in.readFully(deflated);
        return deflated;
    }

    @Override
    public void close() throws IOException {
        out.close();
        process.destroy();
    }
}
