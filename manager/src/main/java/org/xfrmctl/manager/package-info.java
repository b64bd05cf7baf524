/**
 * From a definition to a kernel that carries it: {@code compile}, {@code plan}, {@code apply}; {@code status} reads it
 * back. Each step has its own package. Read {@code compile.ConnectionCompiler} first, then {@code plan.Planner}.
 */
@NullMarked
package org.xfrmctl.manager;

import org.jspecify.annotations.NullMarked;
