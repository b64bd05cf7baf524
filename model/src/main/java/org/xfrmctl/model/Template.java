package org.xfrmctl.model;

/**
 * One transform that a policy asks for ({@code struct xfrm_user_tmpl}). The first template of a policy is the innermost.
 *
 * <p>{@code source} and {@code destination} are the tunnel's ends; the any-address where the packet's own addresses
 * count (transport mode). {@code spi} 0 is any. {@code share} is stored and ignored by the kernel.
 */
public record Template(
        SaId id, IpAddress source, Reqid reqid, Mode mode, Level level, AlgorithmMasks masks, int share) {

    /** Which algorithms are acceptable, as bit masks; all ones accept every one. */
    public record AlgorithmMasks(int authentication, int encryption, int compression) {
        public static final AlgorithmMasks ALL = new AlgorithmMasks(-1, -1, -1);
    }

    public Template {
        if (source.family() != id.destination().family()) {
            throw new IllegalArgumentException("template mixes source " + source + " and " + id);
        }
    }

    /** A tunnel-mode template between two ends. */
    public static Template tunnel(
            IpAddress source, IpAddress destination, IpProtocol protocol, Reqid reqid, Level level) {
        return new Template(
                new SaId(destination, Spi.NONE, protocol), source, reqid, Mode.TUNNEL, level, AlgorithmMasks.ALL, 0);
    }

    /** A transport-mode template: its addresses are the packet's. */
    public static Template transport(Family family, IpProtocol protocol, Reqid reqid, Level level) {
        IpAddress any = IpAddress.any(family);
        return new Template(
                new SaId(any, Spi.NONE, protocol), any, reqid, Mode.TRANSPORT, level, AlgorithmMasks.ALL, 0);
    }

    public Template withLevel(Level value) {
        return new Template(id, source, reqid, mode, value, masks, share);
    }

    public Family family() {
        return source.family();
    }

    public IpProtocol protocol() {
        return id.protocol();
    }

    public IpAddress destination() {
        return id.destination();
    }

    @Override
    public String toString() {
        return "tmpl src " + source + " " + id + " reqid " + reqid + " mode " + mode + " level " + level;
    }
}
