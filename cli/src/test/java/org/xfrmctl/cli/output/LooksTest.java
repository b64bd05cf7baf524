package org.xfrmctl.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xfrmctl.cli.output.Looks.Between;

/** Where what is said beside a look goes. */
class LooksTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private Looks looks(Between between) {
        return new Looks(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                between,
                Duration.ZERO,
                Integer.MAX_VALUE,
                Clock.systemUTC());
    }

    private void show(Looks looks, String text, String... remarks) {
        assertThat(looks.next()).isTrue();
        looks.show(text, List.of(remarks));
    }

    @Test
    void inAPipeARemarkIsToldOnceUntilItChanges() {
        Looks looks = looks(Between.LINE);
        show(looks, "one\n", "no nft");
        show(looks, "two\n", "no nft");
        show(looks, "three\n");
        show(looks, "four\n", "no nft");
        show(looks, "five\n", "no nft", "no routes");

        assertThat(out).hasToString("one\n\ntwo\n\nthree\n\nfour\n\nfive\n");
        assertThat(err).hasToString("no nft\nno nft\nno nft\nno routes\n");
    }

    @Test
    void forAProgramTheLinesAreTheLooksAlone() {
        Looks looks = looks(Between.NOTHING);
        show(looks, "{}\n", "no nft");
        show(looks, "{}\n", "no nft");

        assertThat(out).hasToString("{}\n{}\n");
        assertThat(err).hasToString("no nft\n");
    }

    @Test
    void whereALookErasesTheOneBeforeItsRemarksAreBelowIt() {
        Looks looks = looks(Between.PLACE);
        show(looks, "one\n", "no nft");
        show(looks, "two\n", "no nft");
        show(looks, "three\n");

        String place = "\033[H\033[J";
        assertThat(out).hasToString(place + "one\nno nft\n" + place + "two\nno nft\n" + place + "three\n");
        assertThat(err).hasToString("");
    }
}
