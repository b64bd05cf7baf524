/**
 * {@code xfrmctl doctor} on a real kernel: for each finding something that provokes it, and after what is suggested it is gone. Start
 * at {@link org.xfrmctl.it.doctor.DoctorIT}.
 */
@NullMarked
package org.xfrmctl.it.doctor;

import org.jspecify.annotations.NullMarked;
