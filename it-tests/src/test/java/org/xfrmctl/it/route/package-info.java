/**
 * Routes of children beside each other and beside those of others, on a real kernel: which one a request is about, and which way
 * packets have meanwhile.
 */
@NullMarked
package org.xfrmctl.it.route;

import org.jspecify.annotations.NullMarked;
