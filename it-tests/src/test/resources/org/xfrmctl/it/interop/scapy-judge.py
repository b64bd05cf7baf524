# Seals and opens packets with scapy's IPsec, one request a line; each answer is a line of hex, or of what went wrong.
# A request: seal|open ESP|AH SPI CIPHER KEY ICV-BYTES HASH KEY TUNNEL-SOURCE TUNNEL-DESTINATION NAT-T SEQUENCE PACKET,
# with "-" for what there is none of, "esn:" before an extended sequence number, and all else in hex or plain.
import sys

from scapy.layers.inet import IP, UDP
from scapy.layers.inet6 import IPv6
from scapy.layers.ipsec import AH, ESP, SecurityAssociation
from scapy.packet import Raw, raw


def absent(word):
    return None if word == "-" else word


def material(word):
    return bytes.fromhex("" if word == "-" else word)


def packet(data):
    return IP(data) if data[0] >> 4 == 4 else IPv6(data)


def association(words):
    protocol, spi, cipher, cipher_key, icv, hashing, hash_key, source, destination, nat = words[:10]
    tunnel = None
    if absent(source):
        tunnel = IPv6(src=source, dst=destination) if ":" in source else IP(src=source, dst=destination)
    return SecurityAssociation(
        ESP if protocol == "ESP" else AH,
        spi=int(spi, 16),
        crypt_algo=absent(cipher),
        crypt_key=material(cipher_key),
        crypt_icv_size=int(icv) or None,
        auth_algo=absent(hashing),
        auth_key=material(hash_key),
        tunnel_header=tunnel,
        nat_t_header=UDP(sport=4500, dport=4500) if nat == "udp" else None,
    )


def whole(data):
    """Scapy counts the UDP header alone as the datagram, and leaves out the checksum that IPv6 wants."""
    sealed = packet(data)
    if UDP not in sealed:
        return data
    udp = sealed[UDP]
    esp = raw(udp)[8:]
    udp.remove_payload()
    udp.add_payload(Raw(esp))
    del udp.len, udp.chksum
    return raw(sealed)


def answer(line):
    words = line.split()
    operation, sequence, data = words[0], words[11], bytes.fromhex(words[12])
    extended = sequence.startswith("esn:")
    number = int(sequence[4:] if extended else sequence)
    upper = {"esn_en": True, "esn": number >> 32} if extended else {}
    sa = association(words[1:11])
    if operation == "seal":
        return whole(raw(sa.encrypt(packet(data), seq_num=number & 0xFFFFFFFF, **upper)))
    return raw(sa.decrypt(packet(data), **upper))


print("ready", flush=True)
for request in sys.stdin:
    try:
        print(answer(request).hex(), flush=True)
    except Exception as e:  # whatever scapy says is the verdict
        print("error", type(e).__name__, str(e).replace("\n", " "), flush=True)
