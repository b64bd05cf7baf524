package org.xfrmctl.netlink.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.xfrmctl.model.DefaultPolicies;
import org.xfrmctl.netlink.xfrm.SadInfo;
import org.xfrmctl.netlink.xfrm.SpdInfo;
import org.xfrmctl.netlink.xfrm.SpdInfo.Counts;
import org.xfrmctl.netlink.xfrm.SpdInfo.Hash;
import org.xfrmctl.netlink.xfrm.SpdInfo.Threshold;

/** The numbers are those of a captured table, and so are the texts. */
class CountTextTest {
    private static final SadInfo STATES = new SadInfo(19, 32, 1_048_576);
    private static final SpdInfo POLICIES = new SpdInfo(
            new Counts(2, 9, 1),
            new Counts(0, 0, 0),
            new Hash(15, 1_048_576, new Threshold(32, 32), new Threshold(128, 128)));

    @Test
    void states() {
        assertThat(CountText.print(STATES, 0)).isEqualTo("\t SAD count 19\n");
        assertThat(CountText.print(STATES, 1)).isEqualTo("\t SAD count 19 (buckets count 32 Max 1048576)\n");
        assertThat(CountText.print(new SadInfo(-1, -1, 0), 2))
                .isEqualTo("\t SAD count 4294967295 (buckets count -1 Max 0)\n");
    }

    @Test
    void policies() {
        assertThat(CountText.print(POLICIES, 0, false)).isEqualTo("\t SPD IN  2 OUT 9 FWD 1\n");
        assertThat(CountText.print(POLICIES, 1, false))
                .isEqualTo("\t SPD IN  2 OUT 9 FWD 1 (Sock: IN 0 OUT 0 FWD 0)\n");
    }

    @Test
    void policiesInFull() {
        assertThat(CountText.print(POLICIES, 2, true))
                .isEqualTo("\t SPD IN  2 OUT 9 FWD 1 (Sock: IN 0 OUT 0 FWD 0)\\"
                        + "\t SPD buckets: count 15 Max 1048576\\"
                        + "\t SPD IPv4 thresholds: local 32 remote 32\\"
                        + "\t SPD IPv6 thresholds: local 128 remote 128\\\n");
        assertThat(CountText.print(POLICIES, 2, false))
                .isEqualTo(
                        CountText.print(POLICIES, 2, true).replace("\\\n", "\n").replace('\\', '\n'));
    }

    @Test
    void defaults() {
        assertThat(DefaultsText.print(new DefaultPolicies(2, 1, 0)))
                .isEqualTo("Default policies:\n in:  accept\n fwd: block\n out: unspec\n");
        assertThat(DefaultsText.print(new DefaultPolicies(3, 255, 2)))
                .isEqualTo("Default policies:\n in:  unknown\n fwd: unknown\n out: accept\n");
    }
}
