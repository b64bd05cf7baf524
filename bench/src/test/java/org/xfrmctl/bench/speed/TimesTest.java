package org.xfrmctl.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TimesTest {
    private final Times ours = new Times(List.of(2.0, 10.0, 4.0));
    private final Times theirs = new Times(List.of(8.0, 20.0, 12.0));

    @Test
    void theMiddleRoundStandsForAll() {
        assertThat(ours.text("%.1f")).isEqualTo("4.0 (2.0 to 10.0)");
        assertThat(new Times(List.of(5.0, 1.0, 2.0, 4.0)).median()).isEqualTo(3.0);
    }

    @Test
    void roundsAreComparedWithTheirOwnRound() {
        assertThat(ours.speedOver(theirs)).isEqualTo(new Times(List.of(4.0, 2.0, 3.0)));
        assertThat(theirs.over(ours)).isEqualTo(new Times(List.of(6.0, 10.0, 8.0)));
    }

    @Test
    void theLeastTimesAreComparedWhicheverRoundsTheyWere() {
        Times disturbedAtFirst = new Times(List.of(30.0, 9.0, 6.0));

        assertThat(ours.bestOver(disturbedAtFirst, "%.1f")).isEqualTo("3.0");
    }

    @Test
    void withoutARoundThereIsNothingToTell() {
        assertThatThrownBy(() -> new Times(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
