# The administrator of the guest, in boot number $1: what each step said stands in /proof/said/STEP, its end in STEP.status.
set -u
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 HOME=/root
cd /proof && mkdir -p said
trap 'sync; systemctl --no-block poweroff' EXIT

step() { # NAME COMMAND…
    local name=$1
    shift
    echo "proof: $name" >/dev/console
    "$@" >"said/$name" 2>&1 </dev/null
    echo $? >"said/$name.status"
}

# Waits for a command to succeed; its last end is that of the whole.
await() {
    local tries
    for ((tries = 0; tries < 600; tries++)); do
        ! "$@" >/dev/null 2>&1 || return 0
        sleep 0.1
    done
    "$@"
}

files() {
    find / -xdev \( -path /proof -o -path /tmp -o -path /var/tmp -o -path /var/lib/dpkg -o -path /var/cache/apt -o -path /var/lib/apt \
        -o -path /var/log -o -path /var/lib/systemd/timers -o -path /root \) -prune -o -printf '%p\n' | sort
}

install() {
    apt-get -q -y --no-install-recommends -o APT::Sandbox::User=root install "/proof/$1"
}

# moon is the gateway at the other end, a network namespace of this host. What comes to it in clear is refused and counted.
moon() {
    ip netns add moon && ip link set moonwan netns moon && ip -n moon link set lo up && ip -n moon link set moonwan up &&
        ip -n moon address add 192.168.0.1/24 dev moonwan && ip -n moon address add 10.1.0.10/32 dev lo &&
        ip -n moon address add 10.2.0.10/32 dev lo &&
        ip -n moon xfrm policy add dir in src 192.168.0.100/32 dst 10.0.0.0/8 action block priority 4000000000
}
moon_up() {
    ip netns exec moon xfrmctl up -f moon/moon.yaml --epoch-dir moon/epochs
}
refused() {
    ip netns exec moon cat /proc/net/xfrm_stat
}

# Of states no keys: what is told is looked at by people.
states() {
    ip xfrm state list nokeys | sed -n '/^src\|proto/p'
}
again() { # PID: there is another main process, and it is ready
    [ "$(systemctl show -P MainPID xfrmctl)" != "$1" ] && systemctl --quiet is-active xfrmctl
}

# Pings while a command runs, five times a second, and until another watch is ready; nothing may be lost meanwhile.
under_traffic() { # NAME COMMAND…
    local name=$1 main pinging
    shift
    main=$(systemctl show -P MainPID xfrmctl)
    step "states-before-$name" states
    ping -n -i 0.2 -s 400 10.1.0.10 >"said/ping-$name" 2>&1 </dev/null &
    pinging=$!
    step "$name" "$@"
    step "again-$name" await again "$main"
    kill -INT $pinging
    wait $pinging
    step "states-after-$name" states
}

first() {
    files >before
    step install install xfrmctl-1.deb
    step enabled systemctl is-enabled xfrmctl-lockdown xfrmctl
    step idle systemctl is-active xfrmctl-lockdown xfrmctl
    step completion bash -c 'source /usr/share/bash-completion/completions/xfrmctl && complete -p xfrmctl'
    step manual sh -c 'zcat /usr/share/man/man1/xfrmctl-up.1.gz /usr/share/man/man5/xfrmctl.yaml.5.gz | grep "^\.TH"'
    step archive sh -c 'cd /var/cache/xfrmctl && ls *.jsa'

    sed 's|^secrets:|      open: { local_ts: dynamic, remote_ts: 10.2.0.0/16, keys: { derive: home }, on_down: pass }\n&|' \
        /etc/xfrmctl.d/home.yaml.sample >/etc/xfrmctl.d/home.yaml
    step keygen xfrmctl keygen
    step check xfrmctl check
    mkdir moon && xfrmctl mirror >moon/moon.yaml && cp -p /etc/xfrmctl.d/home.key moon/
    step moon moon
    step moon-up moon_up
    step start systemctl start xfrmctl-lockdown xfrmctl
    step active systemctl is-active xfrmctl-lockdown xfrmctl
    step ping ping -n -c 3 -i 0.2 -s 400 10.1.0.10
    step counters xfrmctl counters
    step asked xfrmctl ask status
    step security systemd-analyze security --no-pager xfrmctl-lockdown xfrmctl
    step reload systemctl reload xfrmctl
    under_traffic kill systemctl kill -s KILL xfrmctl
    under_traffic upgrade install xfrmctl-2.deb
    under_traffic java sh -c 'dpkg-trigger --by-package=openjdk-17-jre-headless /usr/lib/jvm && dpkg --triggers-only --pending'
    step upgraded dpkg-query -W -f '${Version}\n' xfrmctl
    step refused refused
}

second() {
    step booted systemctl is-active xfrmctl-lockdown xfrmctl
    step moon2 moon
    step blocked ping -n -c 2 -W 1 10.1.0.10
    step open-blocked ping -n -c 2 -W 1 10.2.0.10
    step refused-before refused
    step moon-up2 moon_up
    step ping2 ping -n -c 3 -i 0.2 -s 400 10.1.0.10
    step refused-after refused
    step remove apt-get -q -y remove xfrmctl
    step removed ip xfrm policy
    step removed-states states
    step kept ls /etc/xfrmctl.d
    step install-again install xfrmctl-2.deb
    step active-again systemctl is-active xfrmctl-lockdown xfrmctl
    step remove-again apt-get -q -y remove xfrmctl
    step purge apt-get -q -y purge xfrmctl
    step purged ip xfrm policy
    step purged-units sh -c "systemctl list-unit-files --no-legend 'xfrmctl*' || true"
    step run-left find /run/xfrmctl
    files >after
}

case $1 in
    1) first ;;
    2) second ;;
esac
step "journal-$1" journalctl --no-pager -b -o short-monotonic
