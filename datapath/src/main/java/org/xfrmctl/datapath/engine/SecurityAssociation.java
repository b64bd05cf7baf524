package org.xfrmctl.datapath.engine;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.xfrmctl.datapath.ah.AhTransform;
import org.xfrmctl.datapath.esp.EspTransform;
import org.xfrmctl.datapath.ipcomp.IpcompTransform;
import org.xfrmctl.datapath.replay.ReplayWindow;
import org.xfrmctl.model.Cpi;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.LifetimeLimits;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.NatTraversal;
import org.xfrmctl.model.ReplayState;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.StateFlag;
import org.xfrmctl.model.StateOptions;
import org.xfrmctl.model.StateStatistics;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.model.mtu.Overhead;

/**
 * A state in the SAD: what was configured, and what moves while packets pass. Every member is guarded by the lock of its
 * {@link XfrmNamespace}.
 */
public final class SecurityAssociation {
    /** Where a state is in its life ({@code XFRM_STATE_ACQ}, {@code _VALID}, {@code _DEAD}). */
    public enum Phase {
        LARVAL,
        VALID,
        DEAD
    }

    private XfrmState definition;
    private Phase phase;
    private boolean dying;
    // Plain numbers, so that counting a packet allocates nothing.
    private long bytes;
    private long packets;
    private long addTime;
    private long useTime;
    private ReplayWindow window;
    private @Nullable EspTransform esp;
    private @Nullable AhTransform ah;
    private @Nullable IpcompTransform ipcomp;
    private @Nullable Overhead overhead;
    private int belowWindow;
    private int duplicates;
    private int integrityFailed;
    /** The implied IPIP state that this compression state keeps alive. */
    private @Nullable SecurityAssociation companion;
    /** How many compression states keep this implied state alive. */
    private int users;

    private final PeerMapping mapping = new PeerMapping();
    private final StateTimer timer = new StateTimer();
    private final ReplayReports reports = new ReplayReports();

    private final Revision revision;

    SecurityAssociation(XfrmState definition, Phase phase, long now, Revision revision) {
        this.revision = revision;
        this.definition = definition;
        this.phase = phase;
        this.addTime = now;
        this.window = windowOf(definition.replay());
        this.reports.set(window.snapshot());
    }

    /** The state as it was configured or last updated; its counters are those of that time. */
    public XfrmState definition() {
        return definition;
    }

    void definition(XfrmState value) {
        definition = value;
        overhead = null;
        revision.next();
    }

    /** The state with the values of now, as a dump shows it. */
    public XfrmState snapshot() {
        return definition.toBuilder()
                .current(current())
                .replay(replay())
                .statistics(statistics())
                .build();
    }

    public SaId id() {
        return definition.id();
    }

    public IpAddress source() {
        return definition.source();
    }

    public IpAddress destination() {
        return definition.id().destination();
    }

    public Mode mode() {
        return definition.mode();
    }

    public Phase phase() {
        return phase;
    }

    void phase(Phase value) {
        phase = value;
        if (value == Phase.DEAD && ipcomp != null) {
            ipcomp.close();
            ipcomp = null;
        }
        revision.next();
    }

    public boolean isValid() {
        return phase == Phase.VALID;
    }

    /** Whether a soft limit was reached; a younger state is then preferred. */
    public boolean isDying() {
        return dying;
    }

    void dying(boolean value) {
        dying = value;
        revision.next();
    }

    public LifetimeCurrent current() {
        return new LifetimeCurrent(bytes, packets, addTime, useTime);
    }

    /** Overwrites what was used so far, as {@code NEWAE} with a lifetime does. */
    public void current(LifetimeCurrent value) {
        bytes = value.bytes();
        packets = value.packets();
        addTime = value.addTime();
        useTime = value.useTime();
        revision.next();
    }

    /** When it was added, as {@link #current} says. */
    long addTime() {
        return addTime;
    }

    /** Notes a packet that passed: its length by the rule of the direction it went. */
    void count(int length) {
        bytes += length;
        packets++;
    }

    boolean isUsed() {
        return useTime != 0;
    }

    void firstUsed(long now) {
        useTime = now;
    }

    /** Whether bytes or packets have reached their end; unsigned and by {@code >=}, as the kernel compares. */
    boolean isExhausted() {
        return reached(bytes, limits().bytes().hard())
                || reached(packets, limits().packets().hard());
    }

    /** As {@link #isExhausted}, for the soft limits. */
    boolean isRunningLow() {
        return reached(bytes, limits().bytes().soft())
                || reached(packets, limits().packets().soft());
    }

    private static boolean reached(long value, long limit) {
        return Long.compareUnsigned(value, limit) >= 0;
    }

    /** Sets the least seconds between two events about a new port of the peer ({@code XFRMA_MTIMER_THRESH}). */
    public void mappingTimer(int seconds) {
        StateOptions options = definition.options();
        NatTraversal nat = options.natTraversal();
        definition(definition.toBuilder()
                .options(options.withNatTraversal(new NatTraversal(nat.encap(), nat.keepalive(), seconds)))
                .build());
    }

    /** Whether a packet from another port is to be told; notes that it is. */
    boolean tellsMapping(int port, long now) {
        return mapping.tells(port, definition.options().natTraversal().mappingTimer(), now);
    }

    StateTimer timer() {
        return timer;
    }

    /** When its numbers are told to those who listen. */
    public ReplayReports reports() {
        return reports;
    }

    public ReplayState replay() {
        return window.snapshot();
    }

    /** Replaces sequence numbers and window, as {@code NEWAE} does. The caller checks that the kind stays the same. */
    public void replay(ReplayState value) {
        window = windowOf(value);
        // The numbers may go back: a cipher with a new random salt makes other IVs of them (RFC 4106, section 3.1).
        esp = null;
    }

    ReplayWindow window() {
        return window;
    }

    private ReplayWindow windowOf(ReplayState state) {
        return ReplayWindow.of(state, definition.flags().has(StateFlag.ESN));
    }

    /** The cipher of an ESP state; made when the first packet needs it, so that tables fill fast. */
    EspTransform esp(RandomGenerator random) {
        EspTransform transform = esp;
        if (transform == null) {
            transform = EspTransform.of(
                    definition.algorithms(), id().spi(), definition.flags().has(StateFlag.ESN), random);
            esp = transform;
        }
        return transform;
    }

    /** What the transform takes of every packet; only for a state that has its algorithms. */
    Overhead overhead(RandomGenerator random) {
        Overhead known = overhead;
        if (known == null) {
            known = PathMtu.overhead(this, random);
            overhead = known;
        }
        return known;
    }

    /** The keyed hash of an AH state; made as {@link #esp} is. */
    AhTransform ah() {
        AhTransform transform = ah;
        if (transform == null) {
            boolean align4 =
                    source().family() == Family.INET && definition.flags().has(StateFlag.ALIGN4);
            transform = AhTransform.of(
                    definition.algorithms(), id().spi(), definition.flags().has(StateFlag.ESN), align4);
            ah = transform;
        }
        return transform;
    }

    IpcompTransform ipcomp() {
        IpcompTransform transform = ipcomp;
        if (transform == null) {
            transform = IpcompTransform.deflate(new Cpi(id().spi().bits() & 0xffff));
            ipcomp = transform;
        }
        return transform;
    }

    public StateStatistics statistics() {
        return new StateStatistics(belowWindow, duplicates, integrityFailed);
    }

    void noteBelowWindow() {
        belowWindow++;
    }

    void noteDuplicate() {
        duplicates++;
    }

    void noteIntegrityFailure() {
        integrityFailed++;
    }

    /** Whether this is the IPIP companion of a compression state, which the engine made itself. */
    public boolean isImplied() {
        return definition.isImplied();
    }

    /** The implied IPIP state that goes with this compression state. */
    public Optional<SecurityAssociation> companion() {
        return Optional.ofNullable(companion);
    }

    void attach(SecurityAssociation implied) {
        companion = implied;
        implied.users++;
    }

    /** Lets go of the companion; returns it if nobody else needs it. */
    Optional<SecurityAssociation> detach() {
        SecurityAssociation implied = companion;
        companion = null;
        if (implied == null || --implied.users > 0) {
            return Optional.empty();
        }
        return Optional.of(implied);
    }

    LifetimeLimits limits() {
        return definition.limits();
    }

    @Override
    public String toString() {
        return definition + " " + phase;
    }
}
