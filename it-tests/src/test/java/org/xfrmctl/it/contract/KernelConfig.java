package org.xfrmctl.it.contract;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.xfrmctl.netlink.probe.Feature;
import org.xfrmctl.netlink.probe.Support;

/**
 * What a Linux was built with, and so what a probe has to find in it.
 *
 * @param version major and minor number, as 612 for 6.12
 * @param options those that are built in or modules, without {@code CONFIG_}
 */
record KernelConfig(int version, Set<String> options) {
    /** {@code # Linux/x86 6.12.117 Kernel Configuration} */
    private static final Pattern VERSION = Pattern.compile("(?m)^# Linux/\\S+ (\\d+)\\.(\\d+)");

    private static final Pattern OPTION = Pattern.compile("(?m)^CONFIG_(\\w+)=[ym]$");

    static KernelConfig read(Path file) throws IOException {
        try (InputStream raw = Files.newInputStream(file);
                InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
            return parse(new String(plain.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    static KernelConfig parse(String text) {
        Matcher version = VERSION.matcher(text);
        if (!version.find()) {
            throw new IllegalArgumentException("no version in this kernel configuration");
        }
        return new KernelConfig(
                Integer.parseInt(version.group(1)) * 100 + Integer.parseInt(version.group(2)),
                OPTION.matcher(text).results().map(found -> found.group(1)).collect(Collectors.toUnmodifiableSet()));
    }

    boolean has(String option) {
        return options.contains(option);
    }

    /** All but xfrm interfaces, of which XFRM cannot tell. */
    Map<Feature, Support> features() {
        Map<Feature, Support> expected = new EnumMap<>(Feature.class);
        expected.put(Feature.ESP_IPV4, option("INET_ESP"));
        expected.put(Feature.ESP_IPV6, option("INET6_ESP"));
        expected.put(Feature.AH_IPV4, option("INET_AH"));
        expected.put(Feature.AH_IPV6, option("INET6_AH"));
        expected.put(Feature.IPCOMP_IPV4, option("INET_IPCOMP"));
        expected.put(Feature.IPCOMP_IPV6, option("INET6_IPCOMP"));
        expected.put(Feature.ESP_IN_UDP, withEsp(Support.YES));
        expected.put(Feature.ESP_IN_TCP, withEsp(option("INET_ESPINTCP")));
        expected.put(Feature.BEET, withEsp(Support.YES));
        expected.put(Feature.IPTFS, version < 614 ? Support.NO : withEsp(option("XFRM_IPTFS")));
        expected.put(Feature.SUB_POLICIES, option("XFRM_SUB_POLICY"));
        expected.put(Feature.MIGRATION, option("XFRM_MIGRATE"));
        expected.put(Feature.DEFAULT_POLICIES, since(514));
        expected.put(Feature.MAPPING_TIMER, since(517));
        expected.put(Feature.DIRECTION, since(610));
        expected.put(Feature.NAT_KEEPALIVE, since(611));
        // Mainline has it since 6.13, and the stable 6.12 as well.
        expected.put(Feature.PER_CPU, since(612));
        expected.put(Feature.OFFLOAD, withEsp(option("XFRM_OFFLOAD")));
        expected.put(Feature.PACKET_OFFLOAD, withEsp(has("XFRM_OFFLOAD") ? since(602) : Support.NO));
        return expected;
    }

    private Support option(String name) {
        return support(has(name));
    }

    private Support since(int first) {
        return support(version >= first);
    }

    /** Without ESP there is nothing to try it with. */
    private Support withEsp(Support support) {
        return has("INET_ESP") ? support : Support.UNKNOWN;
    }

    static Support support(boolean there) {
        return there ? Support.YES : Support.NO;
    }
}
