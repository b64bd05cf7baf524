package org.xfrmctl.cli.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.xfrmctl.cli.render.TextTable.Column;

class TextTableTest {
    @Test
    void textStandsAtTheLeftNumbersAtTheRightAndNoLineEndsInBlanks() {
        String text = new TextTable(Column.text("name"), Column.number("n"), Column.text("note"))
                .row("long name", "7", "")
                .row("b", "12345", "x")
                .print();

        assertThat(text).isEqualTo("""
                name           n  note
                long name      7
                b          12345  x
                """);
    }

    @Test
    void aLongLastCellGoesOnBelowItself() {
        String text = new TextTable(Column.text("a"), Column.text("b"))
                .row("1", "word ".repeat(40).strip())
                .print();

        assertThat(text.lines()).hasSize(4).allMatch(line -> line.length() <= 100);
        assertThat(text.lines().skip(2)).allMatch(line -> line.startsWith("   word"));
        assertThat(text.replaceAll("\\s+", " ")).endsWith(" 1 " + "word ".repeat(40));
    }

    @Test
    void aWordThatIsTooLongIsNotCut() {
        String word = "x".repeat(150);

        assertThat(new TextTable(Column.text("a"), Column.text("b"))
                        .row("1", word)
                        .print())
                .endsWith("1  " + word + "\n");
    }

    @Test
    void aNumberColumnMayBeTheLast() {
        assertThat(new TextTable(Column.text("a"), Column.number("bytes"))
                        .row("1", "2")
                        .print())
                .isEqualTo("a  bytes\n1      2\n");
    }

    @Test
    void aRowHasACellForEachColumn() {
        TextTable table = new TextTable(Column.text("a"), Column.text("b"));

        assertThatThrownBy(() -> table.row("1")).hasMessage("1 cells for 2 columns");
    }
}
