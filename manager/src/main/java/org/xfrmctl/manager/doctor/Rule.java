package org.xfrmctl.manager.doctor;

import java.util.List;
import java.util.Set;

/** Looks for one kind of trouble. */
interface Rule {
    /** What its findings are called ({@link Finding#rule}). */
    Set<String> names();

    List<Finding> look(Facts facts);
}
