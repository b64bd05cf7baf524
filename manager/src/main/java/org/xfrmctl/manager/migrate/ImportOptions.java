package org.xfrmctl.manager.migrate;

import java.nio.file.Path;
import java.util.Optional;
import org.xfrmctl.manager.migrate.draft.KeyChoice;
import org.xfrmctl.manager.migrate.draft.Side;
import org.xfrmctl.netlink.command.HostNames;

/**
 * What an import is asked for.
 *
 * @param keys where keys come from; by default they are derived where there are none, and written where there are
 * @param here this host's address, for connections that name none
 * @param local which side of ipsec.conf this host is
 * @param directory where the definition will be stored: paths of its secrets start there
 * @param keyPath what stands before the name of a key file in the definition, {@code keys/} for example
 * @param names what commands of {@code ip xfrm} use of this host
 */
public record ImportOptions(
        Optional<KeyChoice> keys, Optional<String> here, Side local, Path directory, String keyPath, HostNames names) {}
