package org.xfrmctl.it.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
    private final Path kernel;
    private final Path image;
    private final Path config;
    private final String memory;
    private final List<String> network;

    /** {@code kernel} is the package's content, as the script leaves it. */
    private QemuLinux(Path qemu, FileServer server, Path kernel, String memory, List<String> network)
            throws IOException {
        super(kernel.resolve("lib/modules"));
        this.qemu = qemu;
        this.server = server;
        this.kernel = kernel;
        this.image = kernel.resolve("vmlinuz").toRealPath();
        // vmlinuz-VERSION has config-VERSION beside it.
        this.config = image.resolveSibling(image.getFileName().toString().replace("vmlinuz", "config"));
        this.memory = memory;
        this.network = List.copyOf(network);
    }

    /**
     * The same with a network card behind QEMU's own router: the guest reaches this machine at 10.0.2.2, and is 10.0.2.15.
     *
     * @param memory in QEMU's words, as {@code 4G}
     * @param here a free port of this machine's loopback, which leads to the port {@code there} of the guest
     */
    public QemuLinux withNetwork(String memory, int here, int there) throws IOException {
        String card = "user,model=virtio-net-pci,hostfwd=tcp:127.0.0.1:" + here + "-:" + there;
        return new QemuLinux(qemu, server, kernel, memory, List.of("-nic", card));
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
        return Optional.of(new QemuLinux(qemu.get(), server.get(), newest.toRealPath(), MEMORY, List.of()));
    }

    /**
     * Linux patches its own code while other CPUs run it, as where a branch hangs on a static key, such as that of packets'
     * timestamps, which each ping sets: with two emulated CPUs one was seen to run half of it, once in some hundred boots.
     */
    @Override
    boolean mayBeTheEmulator(GuestFailure failure) {
        return String.valueOf(failure.getMessage()).contains("Kernel panic - not syncing: Fatal exception");
    }

    @Override
    public String config() throws IOException {
        return Files.readString(config);
    }

    @Override
    List<String> prepare(Path directory, GuestProcesses processes) throws IOException {
        server.start(directory, processes);
        List<String> command = new ArrayList<>(List.of(
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
                memory,
                // The file server reads and writes the guest's memory.
                "-object",
                "memory-backend-memfd,id=memory,share=on,size=" + memory,
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
                        "init=/usr/bin/setpriv -- --no-new-privs " + init(directory))));
        command.addAll(network);
        return command;
    }
}
