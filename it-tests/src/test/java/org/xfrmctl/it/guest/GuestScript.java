package org.xfrmctl.it.guest;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The guest's first process: a shell script that makes a bare kernel usable, runs the command, leaves its exit status
 * and powers off.
 *
 * <p>The root is mounted read-only and /tmp stays the machine's, since a checkout may lie there; what wants to write uses
 * TMPDIR on a tmpfs. Modules are loaded by the kernel itself through a modprobe that looks into a directory on that
 * tmpfs, so the machine needs no /lib/modules; the command finds the same modprobe first.
 */
record GuestScript(Path modules, GuestFiles files, List<String> command) {
    GuestScript {
        command = List.copyOf(command);
    }

    String text() {
        return """
                #!/bin/sh
                export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
                export LC_ALL=C.UTF-8 TMPDIR=/run/tmp HOME=/run/tmp
                mount -t proc proc /proc
                # Some kernels have mounted it by now and opened the console, others have not.
                mountpoint -q /dev || mount -t devtmpfs devtmpfs /dev
                exec </dev/null >/dev/console 2>&1
                mount -t sysfs sysfs /sys
                mount -t tmpfs tmpfs /run
                mkdir -p /run/tmp /run/lock /run/netns /run/kmod/lib/modules /dev/net /dev/shm
                mkfifo /run/never
                [ -e /dev/fd ] || ln -s /proc/self/fd /dev/fd
                [ -e /dev/net/tun ] || mknod /dev/net/tun c 10 200
                ln -s @MODULES@/"$(uname -r)" /run/kmod/lib/modules/
                printf '#!/bin/sh\\nexec %s -d /run/kmod "$@"\\n' "$(command -v modprobe)" >/run/kmod/modprobe
                chmod +x /run/kmod/modprobe
                echo /run/kmod/modprobe >/proc/sys/kernel/modprobe
                PATH=/run/kmod:$PATH
                # Where IPv6 is a module nothing loads it before its first socket, but its sysctls are wanted earlier.
                modprobe ipv6
                # What the command writes reaches the machine within a second, also if the guest then hangs.
                echo 50 >/proc/sys/vm/dirty_writeback_centisecs
                echo 50 >/proc/sys/vm/dirty_expire_centisecs
                mount --bind @RESULTS@ @RESULTS@
                mount -o remount,rw @RESULTS@
                cut -d' ' -f1 /proc/uptime >@BOOT@
                cd @RESULTS@
                @COMMAND@ </dev/null >@STDOUT@
                echo $? >@STATUS@
                sync
                # Not halt(8): a small container has none. The power goes off a moment later; until then the first
                # process must not end, or the kernel panics, nor read a file, for those are gone already. If the power
                # does not go off, a panic is better than a hang.
                echo o >/proc/sysrq-trigger && read -r nothing </run/never
                """.replace("@MODULES@", quote(modules.toString()))
                .replace("@RESULTS@", quote(files.directory().toString()))
                .replace("@BOOT@", quote(files.boot().toString()))
                .replace("@STDOUT@", quote(files.stdout().toString()))
                .replace("@STATUS@", quote(files.status().toString()))
                .replace("@COMMAND@", command.stream().map(GuestScript::quote).collect(Collectors.joining(" ")));
    }

    private static String quote(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
