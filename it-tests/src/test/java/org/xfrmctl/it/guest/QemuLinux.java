package org.xfrmctl.it.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Debian's Linux 6.12 in QEMU, on two emulated CPUs. It has what {@link UserModeLinux} lacks: xfrm interfaces, the
 * attributes since 6.1, more than one CPU.
 *
 * <p>The machine's files come through virtiofs, which this kernel has built in: it mounts its root by itself, and no
 * initramfs is made. KVM is not used: a machine that is a guest itself has none, or one that hangs.
 */
public final class QemuLinux extends GuestKernel {
    /** What a test needs that is not there. */
    static final String INSTALL =
            "apt-get install qemu-system-x86 kmod util-linux iproute2 nftables; it-tests/kernel/fetch";

    private static final String MEMORY = "1G";

    private final Path qemu;
    private final FileServer server;
    private final Path image;
    private final Path config;

    /** {@code kernel} is the package's content, as the script leaves it. */
    private QemuLinux(Path qemu, FileServer server, Path kernel) throws IOException {
        super(kernel.resolve("lib/modules"));
        this.qemu = qemu;
        this.server = server;
        this.image = kernel.resolve("vmlinuz").toRealPath();
        // vmlinuz-VERSION has config-VERSION beside it.
        this.config = image.resolveSibling(image.getFileName().toString().replace("vmlinuz", "config"));
    }

    /** The guest kernel that {@code it-tests/kernel/fetch} brought, if it did and there is a QEMU to run it. */
    public static Optional<QemuLinux> installed() throws IOException {
        Optional<Path> qemu = Programs.find("qemu-system-x86_64");
        Optional<FileServer> server = FileServer.installed();
        Path newest = RealKernel.cache().resolve("linux-6.12");
        if (qemu.isEmpty() || server.isEmpty() || !Files.isDirectory(newest)) {
            return Optional.empty();
        }
        // The script may point the link elsewhere while a guest runs.
        return Optional.of(new QemuLinux(qemu.get(), server.get(), newest.toRealPath()));
    }

    @Override
    public String config() throws IOException {
        return Files.readString(config);
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
                String.join(
                        " ",
                        "console=ttyS0 quiet panic=-1 mitigations=off",
                        // The other clock's speed is measured at boot, and measured wrong if this machine is busy.
                        "clocksource=hpet",
                        // Likewise: on a busy machine too few ticks come while the kernel counts them, and it panics.
                        "no_timer_check",
                        "rootfstype=virtiofs root=machine ro",
                        // Who is not root here sees files of root as another user's: mount(8) must not become him.
                        "init=/usr/bin/setpriv -- --no-new-privs " + init(directory)));
    }
}
