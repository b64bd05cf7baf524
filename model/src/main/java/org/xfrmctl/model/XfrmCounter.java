package org.xfrmctl.model;

/**
 * The counters of {@code /proc/net/xfrm_stat}, in the kernel's order and with its names: why packets were dropped. The
 * first 27 are those of Linux 6.1; newer kernels append the others.
 */
public enum XfrmCounter {
    IN_ERROR("XfrmInError"),
    IN_BUFFER_ERROR("XfrmInBufferError"),
    IN_HDR_ERROR("XfrmInHdrError"),
    IN_NO_STATES("XfrmInNoStates"),
    IN_STATE_PROTO_ERROR("XfrmInStateProtoError"),
    IN_STATE_MODE_ERROR("XfrmInStateModeError"),
    IN_STATE_SEQ_ERROR("XfrmInStateSeqError"),
    IN_STATE_EXPIRED("XfrmInStateExpired"),
    IN_STATE_MISMATCH("XfrmInStateMismatch"),
    IN_STATE_INVALID("XfrmInStateInvalid"),
    IN_TMPL_MISMATCH("XfrmInTmplMismatch"),
    IN_NO_POLS("XfrmInNoPols"),
    IN_POL_BLOCK("XfrmInPolBlock"),
    IN_POL_ERROR("XfrmInPolError"),
    OUT_ERROR("XfrmOutError"),
    OUT_BUNDLE_GEN_ERROR("XfrmOutBundleGenError"),
    OUT_BUNDLE_CHECK_ERROR("XfrmOutBundleCheckError"),
    OUT_NO_STATES("XfrmOutNoStates"),
    OUT_STATE_PROTO_ERROR("XfrmOutStateProtoError"),
    OUT_STATE_MODE_ERROR("XfrmOutStateModeError"),
    OUT_STATE_SEQ_ERROR("XfrmOutStateSeqError"),
    OUT_STATE_EXPIRED("XfrmOutStateExpired"),
    OUT_POL_BLOCK("XfrmOutPolBlock"),
    OUT_POL_DEAD("XfrmOutPolDead"),
    OUT_POL_ERROR("XfrmOutPolError"),
    FWD_HDR_ERROR("XfrmFwdHdrError"),
    OUT_STATE_INVALID("XfrmOutStateInvalid"),
    ACQUIRE_ERROR("XfrmAcquireError"),
    OUT_STATE_DIR_ERROR("XfrmOutStateDirError"),
    IN_STATE_DIR_ERROR("XfrmInStateDirError"),
    IN_IPTFS_ERROR("XfrmInIptfsError"),
    OUT_NO_QUEUE_SPACE("XfrmOutNoQueueSpace");

    private final String text;

    XfrmCounter(String text) {
        this.text = text;
    }

    /** The kernel's name, for example {@code XfrmInTmplMismatch}. */
    @Override
    public String toString() {
        return text;
    }
}
