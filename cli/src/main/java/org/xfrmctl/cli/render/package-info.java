/** Text and JSON of what commands show. The same values go in for both. */
@NullMarked
package org.xfrmctl.cli.render;

import org.jspecify.annotations.NullMarked;
