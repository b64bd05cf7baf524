/**
 * Tests in containers: the shipped image, on a Docker engine whose kernel has ESP and IPComp. Read {@link
 * org.xfrmctl.it.docker.DockerEngine} first: it is the one of the environment, or one in a guest that is started for the tests.
 * docs/DOCKER.md is what is promised of the image; docs/TESTING.md says what must be installed.
 */
@NullMarked
package org.xfrmctl.it.docker;

import org.jspecify.annotations.NullMarked;
