/**
 * The same scenarios on the userspace kernel and on a real one, and the comparison of what both counted, printed and put
 * on the wire. {@link org.xfrmctl.it.scenario.GuestScenarios} runs inside the guest, everything else outside.
 */
@NullMarked
package org.xfrmctl.it.scenario;

import org.jspecify.annotations.NullMarked;
