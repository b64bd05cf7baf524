package org.xfrmctl.netlink.xfrm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.PolicyKey;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.MalformedMessageException;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.NetlinkTransport;
import org.xfrmctl.netlink.message.Conversation;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.message.Request;

/**
 * Asks an XFRM kernel, whichever is behind the transport. Every method waits for the kernel's answer and throws
 * {@link NetlinkException} if that is a refusal. Not safe for several threads; events belong on another transport.
 */
public final class XfrmClient implements AutoCloseable {
    private static final int DUMP_ATTEMPTS = 10;

    private final NetlinkTransport transport;
    private final Conversation conversation;

    /** Takes over the transport and closes it with itself. */
    public XfrmClient(NetlinkTransport transport) {
        this.transport = transport;
        this.conversation = new Conversation(transport, new XfrmDiagnosis());
    }

    public void addState(XfrmState state) {
        conversation.execute(XfrmRequests.addState(state));
    }

    /** See {@link XfrmRequests#restoreState}: what the state had counted is kept. */
    public void restoreState(XfrmState state) {
        conversation.execute(XfrmRequests.restoreState(state));
    }

    /** See {@link XfrmRequests#updateState}: most of a valid state does not change, and no error says so. */
    public void updateState(XfrmState state) {
        conversation.execute(XfrmRequests.updateState(state));
    }

    public void deleteState(SaId id, Mark mark) {
        conversation.execute(XfrmRequests.deleteState(id, mark));
    }

    /** The state that the kernel finds by id and mark; it may be one without mark. */
    public Optional<XfrmState> getState(SaId id, Mark mark) {
        return get(XfrmRequests.getState(id, mark), StateCodec::decode, Errno.ESRCH);
    }

    /** All states, newest first. */
    public List<XfrmState> listStates() {
        return list(XfrmRequests.listStates(), StateCodec::decode);
    }

    /**
     * Hands on all states, newest first, without holding more than one. The consumer must not use this client.
     *
     * @return whether the table stood still meanwhile, as far as the kernel tells
     */
    public boolean streamStates(Consumer<XfrmState> states) {
        return conversation.dump(XfrmRequests.listStates(), message -> states.accept(StateCodec.decode(message)));
    }

    /** Removes the states of a protocol; {@link IpProtocol#ANY} is all of them. */
    public void flushStates(IpProtocol protocol) {
        conversation.execute(XfrmRequests.flushStates(protocol));
    }

    public void addPolicy(XfrmPolicy policy) {
        conversation.execute(XfrmRequests.addPolicy(policy));
    }

    /** Replaces the policy with this key in one step, or adds it. */
    public void updatePolicy(XfrmPolicy policy) {
        conversation.execute(XfrmRequests.updatePolicy(policy));
    }

    public void deletePolicy(PolicyKey key) {
        conversation.execute(XfrmRequests.deletePolicy(key));
    }

    public Optional<XfrmPolicy> getPolicy(PolicyKey key) {
        return get(XfrmRequests.getPolicy(key), PolicyCodec::decode, Errno.ENOENT);
    }

    /** All policies of both types, newest first; those of sockets too. */
    public List<XfrmPolicy> listPolicies() {
        return list(XfrmRequests.listPolicies(), PolicyCodec::decode);
    }

    /** As {@link #streamStates}. */
    public boolean streamPolicies(Consumer<XfrmPolicy> policies) {
        return conversation.dump(XfrmRequests.listPolicies(), message -> policies.accept(PolicyCodec.decode(message)));
    }

    public void flushPolicies(PolicyType type) {
        conversation.execute(XfrmRequests.flushPolicies(type));
    }

    public SadInfo countStates() {
        return need(XfrmRequests.countStates(), SadInfo::decode);
    }

    public SpdInfo countPolicies() {
        return need(XfrmRequests.countPolicies(), SpdInfo::decode);
    }

    /** Sends many requests in few datagrams; for each, what went wrong with it, empty if nothing did. */
    public List<Optional<NetlinkException>> executeAll(List<Request> requests) {
        return conversation.executeAll(requests);
    }

    @Override
    public void close() {
        transport.close();
    }

    private <T> Optional<T> get(Request request, Function<NetlinkMessage, T> decoder, Errno absent) {
        List<T> found = new ArrayList<>();
        try {
            conversation.query(request, reply -> found.add(decoder.apply(reply)));
        } catch (NetlinkException e) {
            if (e.is(absent)) {
                return Optional.empty();
            }
            throw e;
        }
        return found.stream().findFirst();
    }

    private <T> T need(Request request, Function<NetlinkMessage, T> decoder) {
        List<T> found = new ArrayList<>();
        conversation.query(request, reply -> found.add(decoder.apply(reply)));
        if (found.isEmpty()) {
            throw new MalformedMessageException(request.description(), 0, "the kernel sent no data");
        }
        return found.get(0);
    }

    /** Asks again for as long as the kernel says that the table changed under the dump. */
    private <T> List<T> list(Request request, Function<NetlinkMessage, T> decoder) {
        for (int attempt = 0; attempt < DUMP_ATTEMPTS; attempt++) {
            List<T> found = new ArrayList<>();
            if (conversation.dump(request, message -> found.add(decoder.apply(message)))) {
                return found;
            }
        }
        throw new NetlinkException(
                Errno.EINTR.number(), request + ": the table changed under each of " + DUMP_ATTEMPTS + " dumps");
    }
}
