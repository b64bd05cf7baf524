package org.xfrmctl.netlink.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Output of {@code ip xfrm … list} as it was captured, cut into its objects: each begins at the left
 * margin. The capture had lost the space that ends the last line of a brief state list; it was put back by hand.
 */
final class ListedText {
    private ListedText() {}

    static List<String> objects(String name) {
        List<String> objects = new ArrayList<>();
        StringBuilder object = new StringBuilder();
        for (String line : resource("/text/" + name).lines().toList()) {
            if (!line.startsWith("\t") && object.length() > 0) {
                objects.add(object.toString());
                object.setLength(0);
            }
            object.append(line).append('\n');
        }
        objects.add(object.toString());
        return objects;
    }

    static String resource(String path) {
        try (InputStream in = ListedText.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new AssertionError("no resource " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new AssertionError(path, unreadable);
        }
    }
}
