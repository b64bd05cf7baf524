package org.xfrmctl.it.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Debian's Linux 6.12 in QEMU, on two emulated CPUs. It has what {@link UserModeLinux} lacks: xfrm interfaces, the
 * attributes since 6.1, more than one CPU.
 *
 * <p>The machine's files come through virtiofs, which this kernel has built in: it mounts its root by itself, and no
 * initramfs is made. KVM is not used: a machine that is a guest itself has none, or one that hangs.
 */
public final class QemuLinux extends GuestKernel {
    /** What a test needs that is not there. */
    static final String INSTALL = "apt-get install qemu-system-x86 kmod util-linux iproute2; it-tests/kernel/fetch";

    private static final String MEMORY = "1G";

    private final Path qemu;
    private final FileServer server;
    private final Path image;

    private QemuLinux(Path qemu, FileServer server, Path image, Path modules) {
        super(modules);
        this.qemu = qemu;
        this.server = server;
        this.image = image;
    }

    /** The guest kernel that {@code it-tests/kernel/fetch} brought, if it did and there is a QEMU to run it. */
    public static Optional<QemuLinux> installed() throws IOException {
        Path unpacked = cache().resolve("linux-6.12");
        if (!Files.isDirectory(unpacked)) {
            return Optional.empty();
        }
        Path kernel = unpacked.toRealPath();
        try (Stream<Path> images = Files.list(kernel.resolve("boot"))) {
            Optional<Path> image = images.filter(
                            each -> each.getFileName().toString().startsWith("vmlinuz-"))
                    .findFirst();
            return image.flatMap(found -> Programs.find("qemu-system-x86_64")
                    .flatMap(qemu -> FileServer.installed()
                            .map(server -> new QemuLinux(qemu, server, found, kernel.resolve("lib/modules")))));
        }
    }

    /** The same choice as in the script. */
    private static Path cache() {
        return Optional.ofNullable(System.getenv("XFRMCTL_CACHE"))
                .map(Path::of)
                .orElseGet(() -> Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                        .map(Path::of)
                        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
                        .resolve("xfrmctl"));
    }

    @Override
    List<String> prepare(Path directory, GuestProcesses processes) throws IOException {
        server.start(directory, processes);
        return List.of(
                qemu.toString(),
                "-machine",
                "q35,memory-backend=memory",
                "-accel",
                "tcg,thread=multi",
                "-cpu",
                "max",
                "-smp",
                "2",
                "-m",
                MEMORY,
                // The file server reads and writes the guest's memory.
                "-object",
                "memory-backend-memfd,id=memory,share=on,size=" + MEMORY,
                "-chardev",
                "socket,id=files,path=" + FileServer.SOCKET,
                "-device",
                "vhost-user-fs-pci,chardev=files,tag=machine",
                "-nodefaults",
                "-display",
                "none",
                "-serial",
                "stdio",
                // A panic reboots at once, and a reboot ends QEMU.
                "-no-reboot",
                "-kernel",
                image.toString(),
                "-append",
                "console=ttyS0 quiet panic=-1 mitigations=off rootfstype=virtiofs root=machine ro init=/usr/bin/setpriv"
                        // Who is not root here sees files of root as another user's there: mount(8) must not become
                        // him.
                        + " -- --no-new-privs " + init(directory));
    }
}
