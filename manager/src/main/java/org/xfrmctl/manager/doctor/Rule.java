package org.xfrmctl.manager.doctor;

import java.util.List;

/** Looks for one kind of trouble. */
interface Rule {
    List<Finding> look(Facts facts);
}
