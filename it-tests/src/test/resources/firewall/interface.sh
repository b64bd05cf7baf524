# The child of NftTextTest that has an XFRM interface, on the gateway b, which drops what its rules do not let pass. Prints what
# MSS each end of a connection hears. $1 is the directory of the rules.
set -e
mkdir "$TMPDIR/interface" && cd "$TMPDIR/interface"
rules=$1
ip -all netns delete
for n in a b c d; do ip netns add $n; ip -n $n link set lo up; done
cable() { ip link add $1$2 netns $1 type veth peer name $2$1 netns $2; ip -n $1 link set $1$2 up; ip -n $2 link set $2$1 up; ip -n $1 addr add $3 dev $1$2; ip -n $2 addr add $4 dev $2$1; }
cable a b 10.1.0.10/24 10.1.0.1/24
cable b c 192.0.2.1/24 192.0.2.2/24
cable c d 10.2.0.1/24 10.2.0.10/24
ip -n a route add default via 10.1.0.1
ip -n d route add default via 10.2.0.1
for n in b c; do ip netns exec $n sh -c 'cd /proc/sys/net/ipv4; echo 1 >ip_forward; for f in conf/*/rp_filter; do echo 0 >$f; done'; ip -n $n link add ipsec0 type xfrm if_id 42; ip -n $n link set ipsec0 up; done
ip -n b route add 10.2.0.0/16 dev ipsec0
ip -n c route add 10.1.0.0/16 dev ipsec0
key=0x0102030405060708090a0b0c0d0e0f1011121314
for n in b c; do
ip -n $n xfrm state add src 192.0.2.1 dst 192.0.2.2 proto esp spi 0x1001 reqid 7 if_id 42 mode tunnel aead 'rfc4106(gcm(aes))' $key 128
ip -n $n xfrm state add src 192.0.2.2 dst 192.0.2.1 proto esp spi 0x1002 reqid 7 if_id 42 mode tunnel aead 'rfc4106(gcm(aes))' $key 128
done
b="tmpl src 192.0.2.1 dst 192.0.2.2 proto esp reqid 7 mode tunnel" c="tmpl src 192.0.2.2 dst 192.0.2.1 proto esp reqid 7 mode tunnel"
ip -n b xfrm policy add dir out if_id 42 $b; ip -n c xfrm policy add dir out if_id 42 $c
for d in in fwd; do ip -n b xfrm policy add dir $d if_id 42 $c;  ip -n c xfrm policy add dir $d if_id 42 $b; done
ip netns exec b nft -f - < $rules/interface.nft
{ echo "table inet main; delete table inet main; table inet main {"
    for chain in input forward; do
        echo "chain $chain { type filter hook $chain priority filter; policy drop;"
        sed -n "/chain $chain {/,/}/p" $rules/interface.nft | grep accept\ comment
        echo "}"
    done; echo "}"; } | ip netns exec b nft -f -
ip netns exec d tcpdump -U -lnv -c 2 -i dc 'tcp[13] & 2 != 0' >d.txt 2>d.err & dumps=$!
ip netns exec a tcpdump -U -lnv -c 2 -i ab 'tcp[13] & 2 != 0' >a.txt 2>a.err & dumps="$dumps $!"
until grep -q listening d.err && grep -q listening a.err; do :; done
ip netns exec d python3 -c "
import socket
s=socket.socket(); s.bind(('',9)); s.listen(); open('ready','w').close()
for i in range(2):
    c,_=s.accept(); c.send(b'done'); c.close()" & server=$!
until [ -e ready ]; do :; done
for n in a b; do ip netns exec $n python3 -c "
import socket
s=socket.socket(); s.settimeout(5)
if '$n'=='b': s.bind(('10.1.0.1',0))
s.connect(('10.2.0.10',9)); print('by interface, from $n', s.recv(4).decode())"; done
wait $dumps $server
for n in a d; do sed -n 's/.*Flags \(\[S.*\]\), cksum.*mss \([0-9]*\).*/'$n' sees \1 with \2/p' $n.txt | head -2; done
ip netns exec b nft list table inet main | sed -n 's/.* packets \([0-9]*\) .* comment "\(.*\)"/interface counts \1 \2/p'
