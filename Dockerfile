# The image: one program that needs no shell. docs/DOCKER.md tells how it is used and built.
#
#   docker build -t xfrmctl .                                                    from source, with Maven
#   ./xfrmctl --version && docker build --build-arg JAR=checkout -t xfrmctl .    of the jar that is built here

# What has a jlink and a jpackage of 17 or newer. Eclipse's needs of the base image no more than glibc.
ARG JDK_IMAGE=eclipse-temurin:17-jdk
ARG MAVEN_IMAGE=maven:3.9-eclipse-temurin-17
# glibc and libgcc, and no program. Any other with glibc will do, also one with a shell.
ARG BASE_IMAGE=gcr.io/distroless/cc-debian12
ARG JAR=source

FROM ${MAVEN_IMAGE} AS jar-source
WORKDIR /src
COPY . .
RUN mvn -B -ntp -pl cli -am -Dmaven.test.skip=true -Dspotless.check.skip=true package \
    && mv cli/target/xfrmctl.jar /xfrmctl.jar

FROM scratch AS jar-checkout
COPY cli/target/xfrmctl.jar /xfrmctl.jar

FROM jar-${JAR} AS jar

FROM ${JDK_IMAGE} AS program
COPY --from=jar /xfrmctl.jar /jar/
COPY launch/image /launch/
RUN bash /launch/image /jar/xfrmctl.jar /opt/xfrmctl
# Root's, as what is kept there decides about traffic. Who is not root has a directory of his own.
RUN mkdir -p /tree/etc/xfrmctl.d /tree/run/xfrmctl /tree/var/lib/xfrmctl /own && install -d -m 1777 /tree/tmp

FROM ${BASE_IMAGE}
COPY --from=program /opt/xfrmctl /opt/xfrmctl
COPY --from=program /tree /
COPY --from=program --chown=65532:65532 /own /run/user/65532
ENV PATH=/opt/xfrmctl/bin:/usr/sbin:/usr/bin:/sbin:/bin XDG_RUNTIME_DIR=/run/user/65532
# Fails if a library or a module is missing, or the archive is not one for this place.
RUN ["/opt/xfrmctl/lib/runtime/bin/java", "-Xshare:on", "-XX:SharedArchiveFile=/opt/xfrmctl/lib/app/xfrmctl.jsa", \
    "-XX:+UseSerialGC", "-cp", "/opt/xfrmctl/lib/app/xfrmctl.jar", "org.xfrmctl.cli.Main", "--version"]

# Nobody, as distroless numbers him. A userspace kernel needs no more; the running kernel wants --user 0 and NET_ADMIN.
USER 65532:65532
VOLUME /etc/xfrmctl.d
STOPSIGNAL SIGTERM
# A daemon there is asked, otherwise the watch of this network namespace. A JVM each time: not every few seconds.
ENV XFRMCTL_NETLINK_SOCKET=/run/user/65532/xfrm
HEALTHCHECK --interval=60s --timeout=20s --start-period=20s CMD ["xfrmctl", "health"]
ENTRYPOINT ["/opt/xfrmctl/bin/xfrmctl"]
CMD ["--help"]

ARG VERSION=unknown
ARG REVISION=unknown
ARG CREATED=unknown
ARG SOURCE=unknown
LABEL org.opencontainers.image.title="xfrmctl" \
      org.opencontainers.image.description="A declarative manager for Linux XFRM (the kernel's IPsec), and a userspace kernel" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.created="${CREATED}" \
      org.opencontainers.image.source="${SOURCE}"
