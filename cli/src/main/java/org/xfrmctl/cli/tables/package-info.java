/**
 * What {@code state}, {@code policy}, {@code batch} and {@code monitor} do with a kernel's tables: each question and change
 * of {@code ip xfrm} for itself, without a definition. Read {@link org.xfrmctl.cli.tables.TableRun} first.
 */
@NullMarked
package org.xfrmctl.cli.tables;

import org.jspecify.annotations.NullMarked;
