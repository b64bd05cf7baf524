package org.xfrmctl.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.RawAttribute;
import org.xfrmctl.netlink.uapi.Fra;

/** Attributes as kernels from 6.15 on send them for a rule with one port. */
class RuleExtrasTest {
    private static RuleExtras extras(RawAttribute... attributes) {
        return RuleExtras.of(new Rule(
                1,
                Rule.Match.any(Family.INET),
                Rule.Action.LOOKUP,
                RouteTable.MAIN,
                Route.STATIC,
                List.of(attributes)));
    }

    private static RawAttribute shorts(int type, int... values) {
        ByteBuffer payload = ByteBuffer.allocate(Short.BYTES * values.length).order(ByteOrder.nativeOrder());
        for (int value : values) {
            payload.putShort((short) value);
        }
        return new RawAttribute(type, Bytes.of(payload.array()));
    }

    @Test
    void anExactMaskSaysNothingMore() {
        RuleExtras extras = extras(
                shorts(Fra.SPORT_RANGE, 500, 500),
                shorts(Fra.SPORT_MASK, 0xffff),
                shorts(Fra.DPORT_RANGE, 53, 53),
                shorts(Fra.DPORT_MASK, 0xffff));

        assertThat(extras.complete()).isTrue();
        assertThat(extras.sourcePorts())
                .contains(new RuleExtras.Ports(new RuleExtras.Range(500, 500), OptionalInt.empty()));
        assertThat(extras.destinationPorts())
                .contains(new RuleExtras.Ports(new RuleExtras.Range(53, 53), OptionalInt.empty()));
    }

    @Test
    void anotherMaskIsKeptWithItsPort() {
        RuleExtras extras = extras(shorts(Fra.DPORT_RANGE, 0x3500, 0x3500), shorts(Fra.DPORT_MASK, 0xff00));

        assertThat(extras.complete()).isTrue();
        assertThat(extras.destinationPorts())
                .contains(new RuleExtras.Ports(new RuleExtras.Range(0x3500, 0x3500), OptionalInt.of(0xff00)));
        assertThat(extras.sourcePorts()).isEmpty();
    }
}
