# A TUN device as lines of hex digits: what the kernel sends comes out, what goes in the kernel receives.
import fcntl
import os
import select
import struct
import sys

TUNSETIFF = 0x400454CA
IFF_TUN_NO_PI = 0x1001

device = os.open("/dev/net/tun", os.O_RDWR)
fcntl.ioctl(device, TUNSETIFF, struct.pack("16sH", sys.argv[1].encode(), IFF_TUN_NO_PI))
print("ready", flush=True)
while True:
    readable, _, _ = select.select([device, sys.stdin], [], [])
    if device in readable:
        print(os.read(device, 65536).hex(), flush=True)
    if sys.stdin in readable:
        line = sys.stdin.readline()
        if not line:
            break
        os.write(device, bytes.fromhex(line.strip()))
