package org.xfrmctl.netlink.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.xfrmctl.netlink.text.ProtocolNames;

/**
 * Numbers of IP protocols as {@code getprotobyname} finds them: those of the first line of {@code /etc/protocols} that
 * has the name, or has it among its aliases (protocols(5)).
 */
public final class ProtocolNumbers {
    private static final Path SYSTEM_FILE = Path.of("/etc/protocols");
    private static final ProtocolNumbers BUILT_IN = new ProtocolNumbers(inverse(ProtocolNames.builtIn()));

    private final Map<String, Integer> numbers;

    private ProtocolNumbers(Map<String, Integer> numbers) {
        this.numbers = Map.copyOf(numbers);
    }

    /** For hosts without the file: the names that the printers then use. */
    public static ProtocolNumbers builtIn() {
        return BUILT_IN;
    }

    /** The host's own names, or the built-in ones where there is no {@code /etc/protocols}. */
    public static ProtocolNumbers ofHost() {
        try {
            return parse(Files.readAllLines(SYSTEM_FILE, StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException absent) {
            return BUILT_IN;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Reads lines of {@code NAME NUMBER ALIAS... # comment}. Lines of another shape are passed over, as glibc does. */
    static ProtocolNumbers parse(List<String> lines) {
        Map<String, Integer> numbers = new HashMap<>();
        for (String line : lines) {
            int comment = line.indexOf('#');
            String[] words =
                    (comment < 0 ? line : line.substring(0, comment)).strip().split("\\s+", -1);
            if (words.length >= 2 && words[1].matches("[0-9]{1,3}") && Integer.parseInt(words[1]) <= 255) {
                int number = Integer.parseInt(words[1]);
                numbers.putIfAbsent(words[0], number);
                for (int i = 2; i < words.length; i++) {
                    numbers.putIfAbsent(words[i], number);
                }
            }
        }
        return new ProtocolNumbers(numbers);
    }

    private static Map<String, Integer> inverse(ProtocolNames names) {
        Map<String, Integer> numbers = new HashMap<>();
        for (int number = 0; number <= 255; number++) {
            String name = names.nameOf(number);
            if (!name.equals(Integer.toString(number))) {
                numbers.put(name, number);
            }
        }
        return numbers;
    }

    /** Empty for a name that no line has; names are told apart by case. */
    public OptionalInt numberOf(String name) {
        Integer number = numbers.get(name);
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }
}
