package org.xfrmctl.netlink.xfrm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.FakeTransport;
import org.xfrmctl.netlink.GivenDatagrams;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.uapi.Netlink;
import org.xfrmctl.netlink.uapi.XfrmMsg;

/** What a monitor does about events that do not tell all. The contract's checks hold it against real kernels. */
class XfrmMonitorTest {
    private static final int OF_A_NEWER_KERNEL = 0x29;

    private final List<XfrmState> states = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final XfrmMirror mirror = new XfrmMirror();
    private final List<Boolean> complete = new ArrayList<>();

    @Test
    void afterAMessageOfANewerKernelItLooksAgain() {
        GivenDatagrams events = new GivenDatagrams();
        states.add(state(1));
        watch(events, notice -> {
            if (notice instanceof Notice.Synchronized && told.size() == 3) {
                states.add(state(2));
                events.add(event(new XfrmEvent.Other(OF_A_NEWER_KERNEL, Bytes.of((byte) 1, (byte) 2))));
            }
        });

        assertThat(told)
                .containsExactly(
                        "Begun[reason=START]",
                        "StatePresent",
                        "Synchronized[]",
                        "Happened",
                        "Begun[reason=UNTOLD]",
                        "StatePresent",
                        "StatePresent",
                        "Synchronized[]");
        assertThat(complete).containsExactly(false, false, true, false, false, false, false, true);
        assertThat(mirror.states()).containsExactlyInAnyOrder(state(1), state(2));
    }

    private interface Listener {
        void told(Notice notice);
    }

    private void watch(GivenDatagrams events, Listener listener) {
        XfrmClient client = new XfrmClient(new FakeTransport(this::tables));
        try (XfrmMonitor monitor = new XfrmMonitor(new EventStream(events, List.of()), client)) {
            monitor.run(notice -> {
                mirror.accept(notice);
                complete.add(mirror.isComplete());
                boolean brief = notice instanceof Notice.Begun || notice instanceof Notice.Synchronized;
                told.add(brief ? notice.toString() : notice.getClass().getSimpleName());
                listener.told(notice);
            });
        }
    }

    private List<MessageWriter> tables(NetlinkMessage request) {
        MessageWriter out = new MessageWriter();
        if (request.type() == XfrmMsg.GETSA) {
            for (XfrmState state : states) {
                out.begin(XfrmMsg.NEWSA, Netlink.NLM_F_MULTI, request.sequence(), FakeTransport.PORT);
                StateCodec.encodeDump(state, out);
                out.end();
            }
        }
        out.begin(Netlink.NLMSG_DONE, Netlink.NLM_F_MULTI, request.sequence(), FakeTransport.PORT)
                .bodyU32(0)
                .end();
        return List.of(out);
    }

    private static ByteBuffer event(XfrmEvent event) {
        MessageWriter out = new MessageWriter().begin(event.type(), 0, 0, 0);
        event.encode(out);
        return out.end().datagram();
    }

    private static XfrmState state(int spi) {
        return XfrmState.builder(new SaId(IpAddress.ANY_V4, new Spi(spi), IpProtocol.ESP), IpAddress.ANY_V4)
                .build();
    }
}
