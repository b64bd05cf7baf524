package org.xfrmctl.it.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * Somebody has looked for known flaws of each library that the jar has in it, at that version, and none is left. If this fails
 * after an update: docs/RELEASING.md says where to look and what to write down.
 */
class ShippedLibrariesIT {
    @Test
    void areReviewedAndHaveNoKnownFlaw() throws IOException {
        FlawList list = FlawList.read(Built.ROOT.resolve("release"));
        assertThat(list.problems(Built.sbom().libraries())).isEmpty();
    }
}
