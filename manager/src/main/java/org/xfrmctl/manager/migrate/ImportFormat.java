package org.xfrmctl.manager.migrate;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What an import reads. */
public enum ImportFormat {
    SWANCTL(
            "swanctl.conf",
            "^[ \\t]*(connections|secrets|pools|authorities)\\s*(:[^{\\n]*)?\\{|^[ \\t]*children\\s*\\{"),
    IPSEC("ipsec.conf", "^(conn|ca)\\s+\\S|^config\\s+setup"),
    IP_XFRM(
            "what ip xfrm prints or is told",
            "^src \\S+ dst \\S+|^[ \\t]*(sudo[ \\t]+)?(\\S*ip[ \\t]+(-\\S+[ \\t]+)*)?x(frm)?[ \\t]+(state|policy)[ \\t]");

    private final String title;
    private final Pattern sign;

    ImportFormat(String title, String sign) {
        this.title = title;
        this.sign = Pattern.compile(sign, Pattern.MULTILINE);
    }

    /** The formats that a text has signs of; one of them where it is clear, none where it is nothing that is known. */
    public static List<ImportFormat> signsIn(String text) {
        return Arrays.stream(values())
                .filter(format -> format.sign.matcher(text).find())
                .toList();
    }

    /** What it is, for messages. */
    public String title() {
        return title;
    }

    /** The word of the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
