package org.xfrmctl.netlink.uapi;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.xfrmctl.netlink.struct.StructCodec;

/** The C compiler is the judge of our layouts: {@code uapi-layout.tsv} is what gcc says of {@code linux/xfrm.h}. */
class UapiLayoutTest {
    private static final Path PROGRAM = Path.of("src/test/resources/uapi-layout.c");
    private static final Path TABLE = Path.of("src/test/resources/uapi-layout.tsv");

    @ParameterizedTest(name = "{0}.{1} at {2}")
    @CsvFileSource(resources = "/uapi-layout.tsv", delimiter = '\t')
    void membersLieWhereTheCCompilerPutsThem(String struct, String member, int offset, int size)
            throws ReflectiveOperationException {
        StructCodec<?> codec = codec(struct);
        if (member.equals("-")) {
            assertThat(codec.size()).isEqualTo(size);
            return;
        }
        String name = member.startsWith("nlmsg_") ? member.substring(6) : member;
        for (int i = 0; i < size; i++) {
            assertThat(topMember(codec, offset + i)).contains(name);
        }
        assertThat(topMember(codec, offset - 1)).isNotEqualTo(Optional.of(name));
        assertThat(topMember(codec, offset + size)).isNotEqualTo(Optional.of(name));
    }

    private static Optional<String> topMember(StructCodec<?> codec, int offset) {
        return codec.memberAt(offset).map(path -> path.replaceAll("\\..*", ""));
    }

    private static StructCodec<?> codec(String struct) throws ReflectiveOperationException {
        StringBuilder name = new StringBuilder();
        for (String word : struct.split("_", -1)) {
            name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        }
        Class<?> type = Class.forName(UapiLayoutTest.class.getPackageName() + "." + name);
        return (StructCodec<?>) type.getField("CODEC").get(null);
    }

    @Test
    void theTableIsWhatGccPrints(@TempDir Path scratch) throws IOException, InterruptedException {
        assumeTrue(isInPath("gcc"), "no gcc here");
        assumeTrue(Files.exists(Path.of("/usr/include/linux/xfrm.h")), "no linux/xfrm.h here");
        Path program = scratch.resolve("uapi-layout");
        Process gcc = new ProcessBuilder("gcc", "-o", program.toString(), PROGRAM.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(gcc.getInputStream().readAllBytes(), US_ASCII)).isEmpty();
        assertThat(gcc.waitFor()).isZero();
        Process printing = new ProcessBuilder(program.toString()).start();
        assertThat(new String(printing.getInputStream().readAllBytes(), US_ASCII))
                .isEqualTo(Files.readString(TABLE));
    }

    private static boolean isInPath(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
}
