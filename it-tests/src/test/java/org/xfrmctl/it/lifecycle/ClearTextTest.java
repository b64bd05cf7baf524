package org.xfrmctl.it.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfrmctl.it.scenario.RecordFile;
import org.xfrmctl.model.definition.Definition;

/** The script on userspace kernels, and whether it leaves an option out. */
class ClearTextTest {
    @TempDir
    Path directory = Path.of("");

    @Test
    void noPacketIsEverInClear() {
        long seed = System.nanoTime();
        try (Stage stage = Stage.userspace()) {
            ClearTextScript.Scenes scenes = new ClearTextScript(stage, directory, seed).play();
            System.out.println("userspace kernel, seed " + seed + ": " + scenes);
            check(scenes);
        }
    }

    static void check(ClearTextScript.Scenes scenes) {
        assertThat(scenes.before().clearPackets())
                .as("the witness sees what is clear: %s", scenes)
                .isPositive();
        assertThat(scenes.during().clearPackets()).as("%s", scenes).isZero();
        assertThat(scenes.during().protectedPackets()).as("%s", scenes).isGreaterThan(1000);
        assertThat(scenes.passing().clearPackets())
                .as("on_down: pass, up: %s", scenes)
                .isZero();
        assertThat(scenes.passing().protectedPackets()).as("%s", scenes).isPositive();
        assertThat(scenes.afterwards().clearPackets())
                .as("on_down: pass, after down: %s", scenes)
                .isPositive();
        assertThat(scenes.kills()).isGreaterThan(30);
    }

    /** Whoever adds an option adds a case; the schema has them all. */
    @Test
    void everyOptionHasACase() {
        Set<String> options = new TreeSet<>(RecordFile.fields(schema(), "$defs", "child", "properties"));
        options.addAll(RecordFile.fields(schema(), "$defs", "connection", "properties"));
        Set<String> cases = new TreeSet<>();
        OptionCase.ALL.forEach(each -> cases.add(each.option()));
        // Another way to write if_id_in and if_id_out; the link itself is watched on the wire by InterfacesOnTheWireIT.
        cases.add("interface");
        assertThat(cases).isEqualTo(options);
    }

    private static byte[] schema() {
        try (InputStream schema = Definition.class.getResourceAsStream("definition.schema.json")) {
            assertThat(schema).isNotNull();
            return schema.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
