package org.xfrmctl.manager.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.manager.migrate.draft.Fate;
import org.xfrmctl.manager.migrate.draft.ForeignOption;
import org.xfrmctl.manager.migrate.draft.OptionTable;
import org.xfrmctl.manager.migrate.ipsec.IpsecOptions;
import org.xfrmctl.manager.migrate.ipxfrm.IpXfrmOptions;
import org.xfrmctl.manager.migrate.swanctl.SwanctlOptions;
import org.xfrmctl.netlink.command.CommandException;
import org.xfrmctl.netlink.command.IpCommandParser;

/** docs/MIGRATION.md says of each option what the program does. */
class MigrationTablesTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "MIGRATION.md");
    private static final boolean WRITE = Boolean.getBoolean("xfrmctl.migration.write");

    private static Map<String, OptionTable> tables() {
        Map<String, OptionTable> tables = new LinkedHashMap<>();
        tables.put("swanctl connection", SwanctlOptions.CONNECTION);
        tables.put("swanctl child", SwanctlOptions.CHILD);
        tables.put("ipsec strongswan", IpsecOptions.STRONGSWAN);
        tables.put("ipsec libreswan", IpsecOptions.LIBRESWAN);
        tables.put("ip-xfrm state", IpXfrmOptions.STATE);
        tables.put("ip-xfrm policy", IpXfrmOptions.POLICY);
        return tables;
    }

    @Test
    void theTablesAreTheProgramsOwn() throws IOException {
        String document = Files.readString(DOCUMENT);
        String written = document;
        for (Map.Entry<String, OptionTable> each : tables().entrySet()) {
            List<String> lines = new ArrayList<>(List.of("| option | becomes |", "| --- | --- |"));
            lines.addAll(each.getValue().rows());
            Pattern place = Pattern.compile("(?s)(<!-- " + each.getKey() + " -->\n).*?(<!-- end -->)");
            Matcher matcher = place.matcher(written);
            assertThat(matcher.find()).as(each.getKey()).isTrue();
            written = matcher.replaceFirst(
                    Matcher.quoteReplacement(matcher.group(1) + String.join("\n", lines) + "\n" + matcher.group(2)));
        }
        if (WRITE) {
            Files.writeString(DOCUMENT, written);
        }
        assertThat(document).isEqualTo(written);
    }

    @Test
    void whatIsToldSaysWhyAndWhatToDo() {
        assertThat(tables().values().stream().flatMap(table -> table.options().stream()))
                .filteredOn(option -> option.fate() == Fate.TOLD)
                .allSatisfy(option -> {
                    assertThat(option.becomes()).isNotBlank();
                    assertThat(option.advice()).isNotBlank();
                });
    }

    /** The parser lists its words when it is given another. */
    @ParameterizedTest
    @CsvSource({"state, ip-xfrm state", "policy, ip-xfrm policy"})
    void everyWordOfIpXfrmIsInATable(String object, String table) {
        CommandException refusal = catchThrowableOfType(
                CommandException.class,
                () -> new IpCommandParser(Imports.NAMES).parse(List.of(object, "add", "frobnicate")));
        String list = refusal.problem().replaceFirst(".* is one of ", "");

        List<String> known = Objects.requireNonNull(tables().get(table)).options().stream()
                .map(ForeignOption::name)
                .toList();
        assertThat(known).containsExactlyInAnyOrder(list.split(", "));
    }

    /** A taken option must make a difference, or it is not taken: the connection has it, or is told without it. */
    @Test
    void everyTakenOptionOfAChildIsRead() {
        String base =
                "connections { c {\nlocal_addrs = 192.0.2.1\nremote_addrs = 192.0.2.2\nchildren { k {\n%s\n} } } }";
        Map<String, String> values = Map.ofEntries(
                Map.entry("local_ts", "10.0.0.0/8"),
                Map.entry("remote_ts", "10.0.0.0/8"),
                Map.entry("mode", "transport"),
                Map.entry("esp_proposals", "aes256gcm16"),
                Map.entry("ah_proposals", "sha1"),
                Map.entry("start_action", "start"),
                Map.entry("copy_df", "no"),
                Map.entry("copy_ecn", "no"),
                Map.entry("policies", "no"));
        String plain = Imports.text(Imports.read(ImportFormat.SWANCTL, base.formatted("")));

        assertThat(SwanctlOptions.CHILD.options())
                .filteredOn(option -> option.fate() == Fate.TAKEN)
                .allSatisfy(option -> {
                    String value = values.getOrDefault(
                            option.name(), option.name().matches("ipcomp|copy_dscp|policies_fwd_out") ? "yes" : "77");
                    String text = Imports.text(
                            Imports.read(ImportFormat.SWANCTL, base.formatted(option.name() + " = " + value)));
                    assertThat(text).as(option.name()).isNotEqualTo(plain);
                });
    }

    /** The examples of the page are what comes out of them. */
    @Test
    void theExamplesAreTrue() throws IOException {
        List<String> blocks = new ArrayList<>();
        Matcher block = Pattern.compile("(?s)```(?:yaml)?\n(.*?)```").matcher(Files.readString(DOCUMENT));
        while (block.find()) {
            blocks.add(block.group(1));
        }

        assertThat(Imports.text(Imports.read(ImportFormat.SWANCTL, blocks.get(0))))
                .isEqualTo(blocks.get(1));
        assertThat(Imports.text(Imports.read(ImportFormat.IPSEC, blocks.get(2))))
                .isEqualTo(blocks.get(3));
        String key = "0x000102030405060708090a0b0c0d0e0f10111213";
        String script = blocks.get(4)
                .replace("aead …", "aead 'rfc4106(gcm(aes))' " + key.replace("00", "ff") + " 128")
                .replace("0x…", key)
                .replace("…\n", "");
        assertThat(Imports.text(Imports.read(ImportFormat.IP_XFRM, script))).isEqualTo(blocks.get(5));
    }
}
