/**
 * From a definition to a kernel that carries it: compile, plan, apply. Each step has its own package.
 */
@NullMarked
package org.xfrmctl.manager;

import org.jspecify.annotations.NullMarked;
