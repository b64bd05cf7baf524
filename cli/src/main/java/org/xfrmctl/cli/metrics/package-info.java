/**
 * Numbers for Prometheus: what a scrape says and how it is asked for. Reading is the manager's; docs/METRICS.md lists what is
 * told. Read {@link org.xfrmctl.cli.metrics.Metric} first, {@link org.xfrmctl.cli.metrics.MetricsServer} for the socket, and
 * beside them "Exposition formats" in Prometheus' documentation.
 */
@NullMarked
package org.xfrmctl.cli.metrics;

import org.jspecify.annotations.NullMarked;
