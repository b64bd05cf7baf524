/** States that IKE daemons made, strongSwan's and libreswan's, looked at by the commands that tell about anybody's. */
@NullMarked
package org.xfrmctl.it.ike;

import org.jspecify.annotations.NullMarked;
