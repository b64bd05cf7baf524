package org.xfrmctl.cli.tables;

import org.xfrmctl.netlink.text.TextOptions;

/**
 * How to print what a kernel holds or tells.
 *
 * @param json JSON instead of text
 * @param statistics how often {@code -s} was given
 * @param text the text's options; its keys are those of JSON, too
 */
public record Printing(boolean json, int statistics, TextOptions text) {
    boolean showsKeys() {
        return text.keys() == TextOptions.Keys.SHOWN;
    }
}
