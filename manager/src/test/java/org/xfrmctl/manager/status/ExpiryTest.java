package org.xfrmctl.manager.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.LifetimeLimits;
import org.xfrmctl.model.LifetimeLimits.Limit;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.XfrmState;

/** Added at 1000; columns are limits in seconds, then when it was first used, then when each limit is reached; 0 is none. */
class ExpiryTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 0, 1500, 0, 0",
        "60, 90, 0, 0, 0, 1060, 1090",
        "0, 0, 60, 90, 0, 0, 0",
        "0, 0, 60, 90, 1500, 1560, 1590",
        "3600, 7200, 60, 90, 1500, 1560, 1590",
        "100, 200, 600, 900, 1050, 1100, 1200",
        "0, 200, 60, 0, 1050, 1110, 1200",
    })
    void theFirstLimitCounts(
            long addSoft, long addHard, long useSoft, long useHard, long firstUse, long soft, long hard) {
        XfrmState state = XfrmState.builder(
                        new SaId(IpAddress.parse("192.0.2.2"), new Spi(1), IpProtocol.ESP),
                        IpAddress.parse("192.0.2.1"))
                .limits(new LifetimeLimits(
                        Limit.INFINITE, Limit.INFINITE, new Limit(addSoft, addHard), new Limit(useSoft, useHard)))
                .current(new LifetimeCurrent(0, 0, 1000, firstUse))
                .build();

        assertThat(Expiry.of(state)).isEqualTo(new Expiry(optional(soft), optional(hard)));
    }

    private static OptionalLong optional(long seconds) {
        return seconds == 0 ? OptionalLong.empty() : OptionalLong.of(seconds);
    }
}
