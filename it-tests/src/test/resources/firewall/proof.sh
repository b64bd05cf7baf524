# Two gateways, b and c, with a behind b and d behind c; m is a stranger beside b, who sends what claims to come from behind c.
# b drops what the rules in the directory $1 do not let pass. Prints a line for each thing that was tried.
set -e
cd "$TMPDIR"
rules=$1
for n in a b c d m; do ip netns add $n; ip -n $n link set lo up; done
cable() { ip link add $1$2 netns $1 type veth peer name $2$1 netns $2; ip -n $1 link set $1$2 up; ip -n $2 link set $2$1 up; ip -n $1 addr add $3 dev $1$2; ip -n $2 addr add $4 dev $2$1; }
cable a b 10.1.0.10/24 10.1.0.1/24
cable b c 192.0.2.1/24 192.0.2.2/24
cable c d 10.2.0.1/24 10.2.0.10/24
cable b m 172.16.0.1/24 172.16.0.2/24
ip -n a route add default via 10.1.0.1
ip -n d route add default via 10.2.0.1
ip -n b route add 10.2.0.0/16 via 192.0.2.2
ip -n c route add 10.1.0.0/16 via 192.0.2.1
ip -n m addr add 10.2.0.99/32 dev lo
ip -n m route add 10.1.0.0/16 via 172.16.0.1 src 10.2.0.99
for n in b c; do ip netns exec $n sh -c 'cd /proc/sys/net/ipv4; echo 1 >ip_forward; for f in conf/*/rp_filter; do echo 0 >$f; done'; done
# XFRM does not look at what the stranger sends: the filter alone has to.
ip netns exec b sh -c 'echo 1 >/proc/sys/net/ipv4/conf/bm/disable_policy'

key=0x0102030405060708090a0b0c0d0e0f1011121314
# SRC DST SPI MODE ENCAP...: a state, at both ends.
esp() { src=$1 dst=$2 spi=$3 mode=$4; shift 4; for n in b c; do ip -n $n xfrm state add src $src dst $dst proto esp spi $spi reqid 7 mode $mode replay-window 32 aead 'rfc4106(gcm(aes))' $key 128 "$@"; done; }
comp() { for n in b c; do ip -n $n xfrm state add src $1 dst $2 proto comp spi $3 reqid 7 mode tunnel comp deflate; done; }
policy() { n=$1 dir=$2 src=$3 dst=$4; shift 4; ip -n $n xfrm policy add src $src dst $dst dir $dir "$@"; }
here="src 192.0.2.1 dst 192.0.2.2" there="src 192.0.2.2 dst 192.0.2.1"
clear_xfrm() { for n in b c; do ip -n $n xfrm state flush; ip -n $n xfrm policy flush; done; }
one() { # KIND: states and policies
    clear_xfrm
    case $1 in
    compressed)
        esp 192.0.2.1 192.0.2.2 0x1001 transport; esp 192.0.2.2 192.0.2.1 0x1002 transport
        comp 192.0.2.1 192.0.2.2 0x1001; comp 192.0.2.2 192.0.2.1 0x1002
        for way in out in; do
            [ $way = out ] && level= || level="level use"
            b="tmpl $here proto comp reqid 7 mode tunnel $level tmpl proto esp reqid 7 mode transport"
            c="tmpl $there proto comp reqid 7 mode tunnel $level tmpl proto esp reqid 7 mode transport"
            if [ $way = out ]; then policy b out 10.1.0.0/16 10.2.0.0/16 $b; policy c out 10.2.0.0/16 10.1.0.0/16 $c
            else for d in in fwd; do policy b $d 10.2.0.0/16 10.1.0.0/16 $c; policy c $d 10.1.0.0/16 10.2.0.0/16 $b; done; fi
        done ;;
    *)
        case $1 in udp) encap="encap espinudp 4500 4500 0.0.0.0" ;; *) encap= ;; esac
        esp 192.0.2.1 192.0.2.2 0x1001 tunnel $encap; esp 192.0.2.2 192.0.2.1 0x1002 tunnel $encap
        b="tmpl $here proto esp reqid 7 mode tunnel" c="tmpl $there proto esp reqid 7 mode tunnel"
        policy b out 10.1.0.0/16 10.2.0.0/16 $b; policy c out 10.2.0.0/16 10.1.0.0/16 $c
        for d in in fwd; do policy b $d 10.2.0.0/16 10.1.0.0/16 $c; policy c $d 10.1.0.0/16 10.2.0.0/16 $b; done ;;
    esac
}
# The rules of "input" and "forward", in a table that drops everything else.
pasted() { echo "table inet main; delete table inet main; table inet main {"
    for chain in input forward; do
        echo "chain $chain { type filter hook $chain priority filter; policy drop;"
        [ -z "$1" ] || sed -n "/chain $chain {/,/}/p" $1 | grep accept\ comment
        echo "}"
    done; echo "}"; }
ping1() { ip netns exec $1 ping -n -c 1 -W ${4:-2} ${3:+-s $3} $5 $2 >/dev/null 2>&1 && echo yes || echo no; }
answers() { ip netns exec $1 python3 -c "
import socket
s=socket.socket(); s.settimeout(3)
try:
    s.connect(('$2',9)); print('yes' if s.recv(4)==b'done' else 'no')
except OSError: print('no')"; }
for n in b c; do ip netns exec $n python3 -c "
import socket,time
s=socket.socket(socket.AF_INET,socket.SOCK_DGRAM); s.setsockopt(socket.IPPROTO_UDP,100,2); s.bind(('0.0.0.0',4500)); time.sleep(600)" & done
for n in b d; do ip netns exec $n python3 -c "
import socket
s=socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR,1); s.bind(('',9)); s.listen()
while 1:
    c,_=s.accept(); c.send(b'done'); c.close()" & done
ip netns exec a nft -f - <<END
table ip seen { chain input { type filter hook input priority filter;
ip saddr 10.2.0.99 counter
}
}
END
seen() { ip netns exec a nft list table ip seen | sed -n 's/.*packets \([0-9]*\).*/\1/p'; }
# Answers would go through the tunnel: what counts is whether a has seen the question.
stranger() { before=$(seen); ping1 m 10.1.0.10 '' 1 >/dev/null; [ $(seen) -gt $before ] && echo passes || echo "does not pass"; }
for file in $rules/*.nft; do
    ip netns exec b nft -c -f - <$file && echo "accepted $(basename $file .nft)"
done
for kind in tunnel compressed udp; do
    one $kind
    pasted | ip netns exec b nft -f -
    echo "$kind drops ping $(ping1 a 10.2.0.10 '' 1)"
    pasted $rules/$kind.nft | ip netns exec b nft -f -
    echo "$kind small ping $(ping1 a 10.2.0.10)"
    echo "$kind large ping $(ping1 a 10.2.0.10 1200)"
    echo "$kind ping from b $(ping1 b 10.2.0.10 '' 2 '-I 10.1.0.1')"
    echo "$kind tcp from a $(answers a 10.2.0.10)"
    echo "$kind tcp to b $(answers d 10.1.0.1)"
    echo "$kind stranger $(stranger)"
    ip netns exec b nft list table inet main | sed -n 's/.* packets \([0-9]*\) .* comment "\(.*\)"/\1 \2/p' | sed "s/^/$kind counts /"
done
one tunnel
ip netns exec b nft delete table inet main
echo "stranger without a filter $(stranger)"
watch() { ip netns exec c tcpdump -U -lnv -c $1 -i cb esp 2>$TMPDIR/dump.err >$TMPDIR/dump & pid=$!; until grep -q listening $TMPDIR/dump.err; do :; done; }
df() { watch 1; ping1 a 10.2.0.10 100 2 "-M dont" >/dev/null; wait $pid; grep -o 'flags \[[A-Za-z]*\]\|flags \[none\]' $TMPDIR/dump | head -1; }
echo "without rules $(df)"
ip netns exec b nft -f - <$rules/whole.nft
echo "with copy_df: set $(df)"
echo "too long without DF, with copy_df: set $(ping1 a 10.2.0.10 1450 1 '-M dont')"
ip netns exec b nft -f - <$rules/tunnel.nft
echo "replaced by rules without it $(df)"
echo "too long without DF $(ping1 a 10.2.0.10 1450 2 '-M dont')"
kill $(jobs -p) || true
