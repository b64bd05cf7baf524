package org.xfrmctl.cli.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfrmctl.cli.firewall.HeldTable;
import org.xfrmctl.cli.firewall.HostRules;
import org.xfrmctl.datapath.engine.XfrmNamespace;
import org.xfrmctl.datapath.host.rules.PacketRules;
import org.xfrmctl.datapath.kernel.UserspaceKernel;
import org.xfrmctl.manager.firewall.ChildFirewall;
import org.xfrmctl.manager.firewall.FirewallCompiler;
import org.xfrmctl.manager.mtu.ChildMtu;
import org.xfrmctl.manager.mtu.Ways;
import org.xfrmctl.manager.rekey.Wanted;
import org.xfrmctl.model.definition.ChildName;
import org.xfrmctl.model.definition.Definition;
import org.xfrmctl.model.definition.DefinitionReader;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.sys.PacketConnection;
import org.xfrmctl.netlink.sys.PacketListener;

/** Rules that reach a host by its daemon's socket. */
@Timeout(20)
class DoorTablesTest {
    @TempDir
    private Path directory;

    private final PacketRules rules = new PacketRules();
    private Path path;
    private NetlinkDoor door;
    private CompletableFuture<Void> running;

    @BeforeEach
    void open() throws IOException {
        path = directory.resolve("door");
        door = new NetlinkDoor(
                new UserspaceKernel(new XfrmNamespace(Clock.systemUTC(), new Random(1))),
                options -> {
                    throw new AssertionError("pinged");
                },
                rules,
                PacketListener.at(path));
        running = CompletableFuture.runAsync(door::run);
    }

    @AfterEach
    void close() {
        door.close();
        running.join();
    }

    private ChildFirewall child(String mss) throws IOException {
        Path file = Files.writeString(directory.resolve("site.yaml"), """
                connections:
                  site:
                    local_addrs: 192.0.2.1
                    remote_addrs: 192.0.2.2
                    children:
                      net:
                        local_ts: [10.1.0.0/16, "fd01::/64"]
                        remote_ts: ["10.2.0.0/16[tcp/1024-2047]", "fd02::/64"]
                        copy_df: set
                        mss: %s
                        sas:
                          out: { spi: 0xc1000001, key: a }
                          in: { spi: 0xc1000002, key: b }
                secrets: { a: { file: none }, b: { file: none } }
                """.formatted(mss));
        Definition definition = DefinitionReader.read(file);
        return FirewallCompiler.compile(
                        definition,
                        Wanted.withoutKeys(definition).outline(),
                        each -> ChildMtu.of(each, Ways.given(1500)))
                .get(0)
                .changing();
    }

    /** One request, so that no packet meets the rules of some of them. */
    @Test
    void manyAreInstalledAtOnce() throws IOException {
        DoorTables tables = new DoorTables(path);
        ChildFirewall child = child("1200");
        ChildName other = new ChildName("site", "other");
        tables.install(List.of(child, new ChildFirewall(other, child.rules(), List.of())));

        assertThat(tables.names()).containsExactly(child.child(), other);
        tables.install(List.of(new ChildFirewall(child.child(), List.of(), List.of())));
        assertThat(tables.names()).containsExactly(other);
        tables.remove(List.of(child.child(), other));
        assertThat(rules.installed()).isEmpty();
    }

    @Test
    void theHostHasWhatWasInstalled() throws IOException {
        DoorTables tables = new DoorTables(path);
        for (String mss : List.of("auto", "1200")) {
            ChildFirewall child = child(mss);
            tables.install(List.of(child));

            assertThat(rules.installed()).hasSize(1).containsEntry("site/net", HostRules.of(child));
            assertThat(tables.list())
                    .singleElement()
                    .extracting(HeldTable::child)
                    .isEqualTo(new ChildName("site", "net"));
            assertThat(tables.list().get(0).rules()).hasSameSizeAs(HostRules.of(child));
        }
        assertThat(tables.hasFilter()).isFalse();
        tables.remove(List.of(new ChildName("site", "net"), new ChildName("site", "other")));
        assertThat(tables.list()).isEmpty();
        assertThat(rules.installed()).isEmpty();
    }

    /** Nobody is answered who asks for something else, and nothing happens. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "list all",
                "install",
                "install site",
                "install site/net\nclamp",
                "install site/net\nclamp INPUT 7 true - 10.0.0.0/8 10.0.0.0/8 0 0 0 0",
                "install site/net\nclamp INPUT 7 true - 10.0.0.0/8 10.0.0.0/8 0 0 0 0 0 0",
                "install site/net\nclamp NOWHERE 7 true - 10.0.0.0/8 10.0.0.0/8 0 0 0 0 0",
                "install site/net\nclamp INPUT 7 true many 10.0.0.0/8 10.0.0.0/8 0 0 0 0 0",
                "install site/net\ndf 10.0.0.0/8 fd00::/8 0 0 0 0 0",
                "install site/net\ndf 192.0.2.1/32 192.0.2.2/32 50 0 0 0 0 0\ninstall site/net",
                "install site/net\ndf 192.0.2.1/32 192.0.2.2/32 50 0 0 0 0 0\ninstall site",
                "remove site/net\nlist",
                "remove site/net\ninstall site/net"
            })
    void nonsenseHasNoAnswer(String text) {
        try (PacketConnection connection = PacketConnection.to(path)) {
            connection.send(RulesRequest.bytes(List.of(text.split("\n", -1))));

            assertThat(connection.receive()).isEmpty();
        }
        assertThat(rules.installed()).isEmpty();
    }

    @Test
    void withoutADaemonNothingIsInstalled() {
        DoorTables nowhere = new DoorTables(directory.resolve("nowhere"));

        assertThatThrownBy(nowhere::list).isInstanceOf(NetlinkException.class);
    }
}
