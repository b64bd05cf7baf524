package org.xfrmctl.manager.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.xfrmctl.model.definition.ConfigException;
import org.xfrmctl.model.definition.DefinitionReader;

/** Any text becomes a definition that can be read, or is refused with a line and a column. */
class ImportFuzzTest {
    @FuzzTest(maxDuration = "1m")
    void swanctl(byte[] bytes) {
        read(ImportFormat.SWANCTL, bytes);
    }

    @FuzzTest(maxDuration = "1m")
    void ipsec(byte[] bytes) {
        read(ImportFormat.IPSEC, bytes);
    }

    @FuzzTest(maxDuration = "1m")
    void ipXfrm(byte[] bytes) {
        read(ImportFormat.IP_XFRM, bytes);
    }

    private static void read(ImportFormat format, byte[] bytes) {
        try {
            Imported imported = Imports.read(format, new String(bytes, StandardCharsets.UTF_8));
            assertThat(imported.untaken())
                    .allSatisfy(each -> assertThat(each.toString()).matches("(?s)file:[0-9]+:[0-9]+: .+: .+; .+"));
            if (!imported.definition().connections().isEmpty()) {
                DefinitionReader.parse(Imports.text(imported), Path.of("conf", "import.yaml"));
            }
        } catch (ConfigException refused) {
            assertThat(refused.getMessage().lines()).allMatch(line -> line.matches("[^:]+:[0-9]+:[0-9]+: .+"));
        }
    }
}
