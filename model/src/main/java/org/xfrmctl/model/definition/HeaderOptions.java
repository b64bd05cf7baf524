package org.xfrmctl.model.definition;

/** How a tunnel's outer header follows the inner one: {@code copy_df}, {@code copy_ecn}, {@code copy_dscp}. */
public record HeaderOptions(CopyDf copyDf, boolean copyEcn, CopyDscp copyDscp) {
    public static final HeaderOptions DEFAULT = new HeaderOptions(CopyDf.YES, true, CopyDscp.OUT);

    /** What DF the outer IPv4 header has: that of the inner one, none, or always one, which takes a firewall's rule. */
    public enum CopyDf {
        YES,
        NO,
        SET
    }

    /** In which direction the DSCP is copied between the headers. */
    public enum CopyDscp {
        OUT,
        IN,
        YES,
        NO;

        public boolean outward() {
            return this == OUT || this == YES;
        }

        public boolean inward() {
            return this == IN || this == YES;
        }
    }
}
