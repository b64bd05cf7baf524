package org.xfrmctl.model.definition;

import java.util.Optional;
import org.xfrmctl.model.Cpi;
import org.xfrmctl.model.Spi;

/**
 * One direction: {@code spi}, {@code cpi} (with ipcomp only) and {@code key}, the name of a secret that holds the whole
 * key material: encryption key with its salt, then the integrity key, as IKE's KEYMAT does (RFC 7296, section 2.17).
 *
 * @param place where the name of the key stands
 */
public record SaParameters(Spi spi, Optional<Cpi> cpi, String key, Place place) {}
