package org.xfrmctl.netlink.uapi;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfrmctl.netlink.struct.StructCodec;

/**
 * The C compiler is the judge of our layouts and numbers: {@code uapi-layout.tsv} and {@code uapi-attributes.tsv} are what
 * gcc says of the kernel's headers.
 */
class UapiLayoutTest {
    private static final Path RESOURCES = Path.of("src/test/resources");

    private static final Map<String, AttributeTable> TABLES = Map.of(
            "IFLA", Ifla.TABLE,
            "IFLA_INFO", IflaInfo.TABLE,
            "IFLA_XFRM", IflaInfo.XFRM,
            "IFA", Ifa.TABLE,
            "RTA", Rta.TABLE,
            "RTAX", Rtax.TABLE,
            "FRA", Fra.TABLE);

    @ParameterizedTest(name = "{0}.{1} at {2}")
    @CsvFileSource(resources = "/uapi-layout.tsv", delimiter = '\t')
    void membersLieWhereTheCCompilerPutsThem(String struct, String member, int offset, int size)
            throws ReflectiveOperationException {
        StructCodec<?> codec = codec(struct);
        if (member.equals("-")) {
            assertThat(codec.size()).isEqualTo(size);
            return;
        }
        String name = member.replaceFirst("^(nlmsg|rtgen|ifi|ifa|rtm|rta|rtnh|rtvia)_", "");
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

    @ParameterizedTest(name = "{0}_{1} is {2}")
    @CsvFileSource(resources = "/uapi-attributes.tsv", delimiter = '\t')
    void attributesHaveTheCCompilersNumbers(String prefix, String name, int number) {
        assertThat(Objects.requireNonNull(TABLES.get(prefix)).name(number)).isEqualTo(name.toLowerCase(Locale.ROOT));
    }

    @ParameterizedTest
    @ValueSource(classes = {Ifla.class, IflaInfo.class, Ifa.class, Rta.class, Rtax.class, Fra.class})
    void constantsAreTheNumbersOfTheirNames(Class<?> type) throws IllegalAccessException {
        AttributeTable table = Objects.requireNonNull(TABLES.get(
                type.getSimpleName().replaceAll("(?<=.)([A-Z])", "_$1").toUpperCase(Locale.ROOT)));
        int compared = 0;
        for (Field field : type.getFields()) {
            for (int number = 1; number <= table.last(); number++) {
                if (field.getType() == int.class && table.name(number).equalsIgnoreCase(field.getName())) {
                    assertThat(field.getInt(null)).as(field.getName()).isEqualTo(number);
                    compared++;
                }
            }
        }
        assertThat(compared).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"uapi-layout", "uapi-attributes"})
    void theTableIsWhatGccPrints(String name, @TempDir Path scratch) throws IOException, InterruptedException {
        assumeTrue(isInPath("gcc"), "no gcc here");
        assumeTrue(Files.exists(Path.of("/usr/include/linux/xfrm.h")), "no linux/xfrm.h here");
        Path program = scratch.resolve(name);
        Process gcc = new ProcessBuilder(
                        "gcc",
                        "-o",
                        program.toString(),
                        RESOURCES.resolve(name + ".c").toString())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(gcc.getInputStream().readAllBytes(), US_ASCII)).isEmpty();
        assertThat(gcc.waitFor()).isZero();
        Process printing = new ProcessBuilder(program.toString()).start();
        assertThat(new String(printing.getInputStream().readAllBytes(), US_ASCII))
                .isEqualTo(Files.readString(RESOURCES.resolve(name + ".tsv")));
    }

    private static boolean isInPath(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
}
