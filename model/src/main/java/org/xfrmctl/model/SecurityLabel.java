package org.xfrmctl.model;

/**
 * The label of a security module ({@code struct xfrm_user_sec_ctx}).
 *
 * @param algorithm {@code XFRM_SC_ALG_*}: 1 is SELinux
 * @param doi the domain of interpretation: 1 is LSM
 * @param text the label as it is stored, usually with a NUL at its end
 */
public record SecurityLabel(int algorithm, int doi, Bytes text) {}
