package org.xfrmctl.netlink.xfrm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.netlink.Fixtures;

class XfrmEventTest {

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "event-00-newsa,             StateAdded",
        "event-01-updsa,             StateUpdated",
        "event-02-delsa,             StateDeleted",
        "event-03-getdefault,        DefaultsSet",
        "event-05-newae,             StateMoved",
        "event-06-updpolicy,         PolicyUpdated",
        "event-07-delpolicy,         PolicyDeleted",
        "event-08-delpolicy,         PolicyDeleted",
        "event-09-expire,            StateExpired",
        "event-10-expire,            StateExpired",
        "event-11-polexpire,         PolicyExpired",
        "event-12-migrate,           Migrated",
        "event-acq-00-newpolicy,     PolicyAdded",
        "event-acq-01-acquire,       Acquired",
        "event-flush-00-flushpolicy, PoliciesFlushed",
        "event-flush-01-flushsa,     StatesFlushed",
        "event-mapping,              Mapped"
    })
    void eventsAreToldApart(String name, String kind) {
        assertThat(event(name).getClass().getSimpleName()).isEqualTo(kind);
    }

    @Test
    void softAndHardLimitsAreToldApart() {
        assertThat(((XfrmEvent.StateExpired) event("event-09-expire")).hard()).isFalse();
        assertThat(((XfrmEvent.StateExpired) event("event-10-expire")).hard()).isTrue();
        assertThat(((XfrmEvent.PolicyExpired) event("event-11-polexpire")).hard())
                .isTrue();
    }

    @Test
    void flushesSayWhatIsGone() {
        assertThat(event("event-flush-01-flushsa")).isEqualTo(new XfrmEvent.StatesFlushed(IpProtocol.ANY));
        assertThat(event("event-flush-00-flushpolicy"))
                .isEqualTo(new XfrmEvent.PoliciesFlushed(Optional.of(PolicyType.MAIN)));
    }

    @Test
    void anAcquireNamesThePacketAndTheTunnel() {
        XfrmEvent.Acquired acquired = (XfrmEvent.Acquired) event("event-acq-01-acquire");
        assertThat(acquired.packet().destination().address()).isEqualTo(IpAddress.parse("192.168.0.1"));
        assertThat(acquired.packet().destinationPort().port()).isEqualTo(53);
        assertThat(acquired.packet().sourcePort().port()).isEqualTo(5555);
        assertThat(acquired.id().protocol()).isEqualTo(IpProtocol.ESP);
        assertThat(acquired.policy().templates()).hasSize(1);
        assertThat(acquired.sequence()).isNotZero();
    }

    @Test
    void aMappingIgnoresTheJunkBehindItsAddresses() {
        XfrmEvent.Mapped mapped = (XfrmEvent.Mapped) event("event-mapping");
        assertThat(mapped.after().address().word1()).isZero();
        assertThat(mapped.after().port()).isNotEqualTo(mapped.before().port());
    }

    @Test
    void aMovedStateTellsItsNumbers() {
        XfrmEvent.StateMoved moved = (XfrmEvent.StateMoved) event("event-05-newae");
        assertThat(moved.event().values().replay()).isPresent();
        assertThat(moved.event().values().current()).isPresent();
    }

    private static XfrmEvent event(String name) {
        return XfrmEvent.decode(Fixtures.message(name + ".hex"));
    }
}
