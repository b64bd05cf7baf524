package org.xfrmctl.cli;

import java.util.Arrays;
import java.util.Iterator;
import org.xfrmctl.netlink.text.TextOptions.Version;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The values of {@code --ip-version}. */
final class IpVersions implements ITypeConverter<Version>, Iterable<String> {
    @Override
    public Version convert(String text) {
        return Arrays.stream(Version.values())
                .filter(version -> version.toString().equals(text))
                .findFirst()
                .orElseThrow(() ->
                        new TypeConversionException("found \"" + text + "\"; allowed are " + String.join(", ", this)));
    }

    @Override
    public Iterator<String> iterator() {
        return Arrays.stream(Version.values()).map(Version::toString).iterator();
    }
}
