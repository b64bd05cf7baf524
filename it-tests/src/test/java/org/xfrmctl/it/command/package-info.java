/**
 * {@code xfrmctl batch} beside {@code ip -batch} on a real kernel: the same lines in two network namespaces have to leave
 * the same tables behind. Read {@link org.xfrmctl.it.command.CommandAgreementIT} first.
 */
@NullMarked
package org.xfrmctl.it.command;

import org.jspecify.annotations.NullMarked;
