/**
 * What a service manager says to a daemon and hears of it: {@link org.xfrmctl.cli.service.ServiceNotice}, as sd_notify(3)
 * and systemd.service(5) have it, and {@link org.xfrmctl.cli.service.HangupSignal}.
 */
@NullMarked
package org.xfrmctl.cli.service;

import org.jspecify.annotations.NullMarked;
