package org.xfrmctl.cli.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class ServiceNoticeTest {
    @TempDir
    private Path directory;

    private final List<String> log = new ArrayList<>();

    private void assertTells(String name) {
        try (NotifyReceiver receiver = new NotifyReceiver(name);
                ServiceNotice notice =
                        ServiceNotice.of(Map.of("NOTIFY_SOCKET", name, "WATCHDOG_USEC", "3000000"), log::add)) {
            notice.ready();
            assertThat(receiver.next()).isEqualTo("READY=1");
            long before = System.nanoTime() / 1000;
            notice.reloading();
            String[] lines = receiver.next().split("\n", -1);
            assertThat(lines[0]).isEqualTo("RELOADING=1");
            assertThat(Long.parseLong(lines[1].replaceFirst("^MONOTONIC_USEC=", "")))
                    .isBetween(before, System.nanoTime() / 1000);
            notice.status("one line\nand no other");
            assertThat(receiver.next()).isEqualTo("STATUS=one line");
            notice.alive();
            assertThat(receiver.next()).isEqualTo("WATCHDOG=1");
            assertThat(notice.heartbeat()).contains(Duration.ofMillis(1500));
            notice.stopping();
            assertThat(receiver.next()).isEqualTo("STOPPING=1");
        }
        assertThat(log).isEmpty();
    }

    @Test
    void aReloadDuringTheStartDoesNotSayThatTheStartHasEnded() {
        String name = directory.resolve("notify").toString();
        ServiceNotice notice = ServiceNotice.of(Map.of("NOTIFY_SOCKET", name), log::add);
        try (NotifyReceiver receiver = new NotifyReceiver(name)) {
            notice.reloading();
            notice.reloaded();
            notice.status("starting");
            assertThat(receiver.next()).isEqualTo("STATUS=starting");
            notice.ready();
            assertThat(receiver.next()).isEqualTo("READY=1");
            notice.reloaded();
            assertThat(receiver.next()).isEqualTo("READY=1");
            notice.close();
            notice.stopping();
        }
        assertThat(log).isEmpty();
    }

    /** More than a socket's queue takes. */
    @Test
    void whatMustArriveIsNotDroppedWhereSignsOfLifeAre() {
        String name = directory.resolve("notify").toString();
        try (NotifyReceiver receiver = NotifyReceiver.late(name);
                ServiceNotice notice =
                        ServiceNotice.of(Map.of("NOTIFY_SOCKET", name, "WATCHDOG_USEC", "3000000"), log::add)) {
            for (int i = 0; i < 5000; i++) {
                notice.alive();
            }
            receiver.begin();
            notice.ready();

            assertThat(receiver.next("READY=1")).isEqualTo("READY=1");
        }
        assertThat(log).isEmpty();
    }

    @Test
    void tellsASocketByItsPath() {
        assertTells(directory.resolve("notify").toString());
    }

    @Test
    void tellsASocketByItsAbstractName() {
        assertTells("@xfrmctl-test-" + UUID.randomUUID());
    }

    @Test
    void nothingIsToldWhereNobodyWantsToHear() {
        for (Map<String, String> environment :
                List.of(Map.<String, String>of(), Map.of("NOTIFY_SOCKET", ""), Map.of("NOTIFY_SOCKET", "vsock:2:1"))) {
            try (ServiceNotice notice = ServiceNotice.of(environment, log::add)) {
                notice.ready();
                notice.alive();
                assertThat(notice.heartbeat()).isEmpty();
            }
        }
        assertThat(log).isEmpty();
    }

    @Test
    void theWatchdogOfAnotherProcessIsNotOurs() {
        String name = directory.resolve("notify").toString();
        Map<String, String> environment = Map.of("NOTIFY_SOCKET", name, "WATCHDOG_USEC", "1000", "WATCHDOG_PID", "1");
        try (NotifyReceiver receiver = new NotifyReceiver(name);
                ServiceNotice notice = ServiceNotice.of(environment, log::add)) {
            notice.alive();
            notice.ready();

            assertThat(notice.heartbeat()).isEmpty();
            assertThat(receiver.next()).isEqualTo("READY=1");
        }
    }

    @Test
    void aReceiverThatIsGoneIsToldOnce() {
        String name = directory.resolve("nobody").toString();
        try (ServiceNotice notice = ServiceNotice.of(Map.of("NOTIFY_SOCKET", name), log::add)) {
            notice.ready();
            notice.status("well");
        }
        assertThat(log).singleElement().asString().contains("NOTIFY_SOCKET").contains("ENOENT");
    }
}
