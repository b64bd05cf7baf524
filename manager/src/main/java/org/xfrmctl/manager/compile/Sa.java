package org.xfrmctl.manager.compile;

import java.util.Optional;
import org.xfrmctl.model.Cpi;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.Spi;

/** What tells one SA of a child from the next: everything else is the child's. */
record Sa(Spi spi, Optional<Cpi> cpi, Key key) {}
