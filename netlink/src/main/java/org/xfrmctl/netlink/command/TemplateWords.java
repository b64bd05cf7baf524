package org.xfrmctl.netlink.command;

import java.util.ArrayList;
import java.util.List;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.Template;

/** {@code tmpl ID [mode MODE] [reqid REQID] [level LEVEL]}, as often as there are transforms. */
final class TemplateWords {
    static final List<String> OWN = List.of("mode", "reqid", "level");
    static final List<String> LEVELS = List.of("required", "use");

    /** iproute2's buffer; kernels take 6 ({@code XFRM_MAX_DEPTH}) and say so. */
    private static final int MOST = 16;

    private final Words words;
    private final List<Template> templates = new ArrayList<>(2);

    TemplateWords(Words words) {
        this.words = words;
    }

    boolean read(String word) {
        if (!word.equals("tmpl")) {
            return false;
        }
        if (templates.size() == MOST) {
            throw words.refuse("a policy has " + MOST + " templates at most");
        }
        if (!words.hasNext()) {
            throw words.missing("tmpl needs src ADDR dst ADDR proto PROTO reqid N mode MODE");
        }
        readTemplate();
        return true;
    }

    /** A template without addresses has the family of the words before it; one with addresses tells it to the next. */
    private void readTemplate() {
        IdWords id = new IdWords(words, words.family());
        Mode mode = Mode.TRANSPORT;
        Reqid reqid = Reqid.NONE;
        Level level = Level.REQUIRED;
        boolean more = true;
        while (more && words.hasNext()) {
            String word = words.take();
            switch (word) {
                case "mode" -> mode = ModeWord.read(words);
                case "reqid" -> reqid = new Reqid(words.u32(word));
                case "level" -> level = level();
                default -> more = !id.isPresent() && readId(id, word);
            }
            if (!more) {
                words.giveBack();
            }
        }
        id.needProtocol();
        Family family = id.family();
        templates.add(
                new Template(id.id(family), id.source(family), reqid, mode, level, Template.AlgorithmMasks.ALL, 0));
    }

    private boolean readId(IdWords id, String word) {
        words.family(Family.UNSPEC);
        if (!id.read(word)) {
            throw words.unknown("a word of tmpl", known());
        }
        words.family(id.family());
        return true;
    }

    private static List<String> known() {
        List<String> known = new ArrayList<>(IdWords.WORDS);
        known.addAll(OWN);
        return known;
    }

    private Level level() {
        return switch (words.argument("level is required or use")) {
            case "required" -> Level.REQUIRED;
            case "use" -> Level.USE;
            default -> throw words.unknown("level", LEVELS);
        };
    }

    List<Template> templates() {
        return templates;
    }
}
