package org.xfrmctl.netlink.text;

import org.xfrmctl.netlink.uapi.XfrmAlgo;
import org.xfrmctl.netlink.uapi.XfrmAlgoAead;
import org.xfrmctl.netlink.uapi.Xfrma;

/** The algorithms of a state, one per line, in the order in which {@code ip} looks for them. */
final class AlgorithmLines {
    /**
     * A name that fills its 64 bytes has no end of its own, and what follows is printed with it: the length of the key. A
     * length that an attribute has room for ends the text with one of its bytes, so no key is reached that is hidden.
     */
    private static final int NAME = 64;

    private final TextPage page;
    private final String prefix;
    private final FirstAttributes attributes;

    AlgorithmLines(TextPage page, String prefix, FirstAttributes attributes) {
        this.page = page;
        this.prefix = prefix;
        this.attributes = attributes;
    }

    /** The kernel reports one integrity algorithm twice, with and without its length; only the former is printed. */
    void print() {
        if (attributes.has(Xfrma.ALG_AUTH) && !attributes.has(Xfrma.ALG_AUTH_TRUNC)) {
            line("auth ", Xfrma.ALG_AUTH, XfrmAlgo.CODEC.size()).newline();
        }
        withLength("auth-trunc ", Xfrma.ALG_AUTH_TRUNC);
        withLength("aead ", Xfrma.ALG_AEAD);
        if (attributes.has(Xfrma.ALG_CRYPT)) {
            line("enc ", Xfrma.ALG_CRYPT, XfrmAlgo.CODEC.size()).newline();
        }
        if (attributes.has(Xfrma.ALG_COMP)) {
            line("comp ", Xfrma.ALG_COMP, XfrmAlgo.CODEC.size()).newline();
        }
    }

    /** Both structs have the same layout; the length of the ICV is printed whether the attribute reaches it or not. */
    private void withLength(String word, int type) {
        if (attributes.has(type)) {
            line(word, type, XfrmAlgoAead.CODEC.size())
                    .put(' ')
                    .signed(attributes.struct(type, XfrmAlgoAead.CODEC).algIcvLen())
                    .newline();
        }
    }

    /**
     * {@code head} bytes stand before the key. Yet {@code ip} takes {@code struct xfrm_algo}, the shortest, for what
     * every algorithm must have, so the end of another's key may come from what follows the attribute.
     */
    private TextPage line(String word, int type, int head) {
        page.put(prefix).put(word);
        int room = attributes.length(type) - XfrmAlgo.CODEC.size();
        if (room < 0) {
            return page.put("(ERROR truncated)");
        }
        XfrmAlgo algorithm = attributes.struct(type, XfrmAlgo.CODEC);
        name(algorithm.algName(), type);
        int bytes = algorithm.algKeyLen() >>> 3;
        if (room < bytes) {
            return page.put("(ERROR truncated)");
        }
        if (page.hidesKeys()) {
            return page.put("<<Keys hidden>>");
        }
        return bytes == 0 ? page : key(attributes.start(type) + head, bytes, type, algorithm.algKeyLen());
    }

    private void name(String name, int type) {
        page.put(name);
        if (name.length() == NAME) {
            attributes.message().text(page, attributes.start(type) + NAME, Integer.MAX_VALUE, attributes.end(type));
        }
        page.put(' ');
    }

    private TextPage key(int start, int bytes, int type, int bits) {
        page.put("0x");
        for (int i = 0; i < bytes; i++) {
            page.hex(attributes.message().u8(start + i, attributes.end(type)), 2);
        }
        return page.statistics() ? page.put(" (").signed(bits).put(" bits)") : page;
    }
}
