package org.xfrmctl.datapath;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A packet, or the part of it that a transform works on, with room before and behind so that headers and trailers are
 * added in place. Multi-byte values are in network order. Not safe for several threads.
 */
public final class PacketBuffer {
    /** Enough for every header that a bundle of transforms puts in front. */
    public static final int HEADROOM = 256;
    /** Enough for padding, trailer and integrity value of every transform of a bundle. */
    public static final int TAILROOM = 256;

    private byte[] array;
    private ByteBuffer view;
    private int start;
    private int end;

    private PacketBuffer(byte[] array, int start, int end) {
        this.array = array;
        this.view = ByteBuffer.wrap(array).order(ByteOrder.BIG_ENDIAN);
        this.start = start;
        this.end = end;
    }

    /** Copies {@code packet} into a new buffer with room on both sides. */
    public static PacketBuffer of(byte[] packet) {
        return of(packet, 0, packet.length);
    }

    public static PacketBuffer of(byte[] bytes, int offset, int length) {
        byte[] array = new byte[HEADROOM + length + TAILROOM];
        System.arraycopy(bytes, offset, array, HEADROOM, length);
        return new PacketBuffer(array, HEADROOM, HEADROOM + length);
    }

    /** The backing array; the packet stands from {@link #start()} to {@link #end()}. It changes when room is added. */
    public byte[] array() {
        return array;
    }

    public int start() {
        return start;
    }

    public int end() {
        return end;
    }

    public int length() {
        return end - start;
    }

    /** Moves the start {@code count} bytes forward: those bytes are no longer part of the packet. */
    public void dropFront(int count) {
        requireAtMost(count, length());
        start += count;
    }

    /** Moves the start {@code count} bytes back; the new bytes hold whatever was there. */
    public void addFront(int count) {
        if (count > start) {
            grow(count - start + HEADROOM, 0);
        }
        start -= count;
    }

    /** Cuts {@code count} bytes off the end. */
    public void dropBack(int count) {
        requireAtMost(count, length());
        end -= count;
    }

    /** Adds {@code count} bytes at the end; they hold whatever was there. */
    public void addBack(int count) {
        if (end + count > array.length) {
            grow(0, end + count - array.length + TAILROOM);
        }
        end += count;
    }

    /** Replaces the whole content. */
    public void replace(byte[] bytes, int offset, int length) {
        end = start;
        addBack(length);
        System.arraycopy(bytes, offset, array, start, length);
    }

    public int u8(int offset) {
        return view.get(start + offset) & 0xff;
    }

    public int u16(int offset) {
        return view.getShort(start + offset) & 0xffff;
    }

    public int i32(int offset) {
        return view.getInt(start + offset);
    }

    public void u8(int offset, int value) {
        view.put(start + offset, (byte) value);
    }

    public void u16(int offset, int value) {
        view.putShort(start + offset, (short) value);
    }

    public void i32(int offset, int value) {
        view.putInt(start + offset, value);
    }

    public byte[] toBytes() {
        byte[] bytes = new byte[length()];
        System.arraycopy(array, start, bytes, 0, bytes.length);
        return bytes;
    }

    private void grow(int front, int back) {
        byte[] larger = new byte[array.length + front + back];
        System.arraycopy(array, start, larger, start + front, length());
        start += front;
        end += front;
        array = larger;
        view = ByteBuffer.wrap(larger).order(ByteOrder.BIG_ENDIAN);
    }

    private void requireAtMost(int count, int available) {
        if (count < 0 || count > available) {
            throw new IllegalArgumentException(count + " bytes of " + available);
        }
    }
}
