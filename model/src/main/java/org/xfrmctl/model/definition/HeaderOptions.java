package org.xfrmctl.model.definition;

/** How a tunnel's outer header follows the inner one: {@code copy_df}, {@code copy_ecn}, {@code copy_dscp}. */
public record HeaderOptions(boolean copyDf, boolean copyEcn, CopyDscp copyDscp) {
    public static final HeaderOptions DEFAULT = new HeaderOptions(true, true, CopyDscp.OUT);

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
