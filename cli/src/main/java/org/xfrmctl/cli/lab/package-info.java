/**
 * A lab: hosts, links and steps from one YAML file, run on userspace kernels or on network namespaces of a real one.
 *
 * <p>{@link org.xfrmctl.cli.lab.Laboratory} is what the two backends have in common; a scenario cannot tell them apart.
 * Read {@link org.xfrmctl.cli.lab.Scenario} first, then {@link org.xfrmctl.cli.lab.LabRunner}; docs/LAB.md describes the
 * file.
 */
@NullMarked
package org.xfrmctl.cli.lab;

import org.jspecify.annotations.NullMarked;
