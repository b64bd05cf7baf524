"""What a program can see of a NETLINK_XFRM socket. Prints the same on a real kernel and through the preload library."""
import errno
import os
import select
import socket
import struct

NETLINK_XFRM, SOL_NETLINK = 6, 270
REQUEST, ACK, DUMP = 1, 4, 0x300
NEWSPDINFO, GETPOLICY, SETDEFAULT, GETDEFAULT = 0x24, 0x15, 0x27, 0x28
POLICY_GROUP = 4


def message(kind, flags, sequence, body):
    return struct.pack("=IHHII", 16 + len(body), kind, flags, sequence, 0) + body


def show(what, call):
    try:
        print(what, call())
    except OSError as e:
        print(what, errno.errorcode[e.errno])


def head(data):
    length, kind, flags, sequence, port = struct.unpack_from("=IHHII", data)
    return kind, flags, sequence, "own port" if port == a.getsockname()[0] else port


a = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW | socket.SOCK_CLOEXEC, NETLINK_XFRM)
show("domain", lambda: a.getsockopt(socket.SOL_SOCKET, socket.SO_DOMAIN))
show("type", lambda: a.getsockopt(socket.SOL_SOCKET, socket.SO_TYPE))
show("protocol", lambda: a.getsockopt(socket.SOL_SOCKET, socket.SO_PROTOCOL))
show("unbound", a.getsockname)
show("peer", a.getpeername)
show("nothing there", lambda: a.recv(100, socket.MSG_DONTWAIT))
show("extended acks", lambda: a.setsockopt(SOL_NETLINK, 11, 1))
show("no such option", lambda: a.setsockopt(SOL_NETLINK, 99, 1))
show("group 0", lambda: a.setsockopt(SOL_NETLINK, 1, 0))
show("group 33", lambda: a.setsockopt(SOL_NETLINK, 1, 33))
show("short option", lambda: a.setsockopt(SOL_NETLINK, 1, b"x"))
show("bind", lambda: a.bind((0, 0)))
show("has a port", lambda: a.getsockname()[0] != 0)
show("bind to another port", lambda: a.bind((12345, 0)))
show("bind to the same port", lambda: a.bind(a.getsockname()))
show("send to a process", lambda: a.sendto(b"x" * 16, (4242, 0)))
show("empty datagram", lambda: a.send(b""))
show("still nothing", lambda: a.recv(100, socket.MSG_DONTWAIT))

ask = message(GETDEFAULT, REQUEST, 5, bytes(4))
show("send", lambda: a.sendto(ask, (0, 0)))
show("readable", lambda: select.select([a], [], [], 5)[0] == [a])
show("peek at its length", lambda: a.recv_into(bytearray(1), 0, socket.MSG_PEEK | socket.MSG_TRUNC))
show("peek", lambda: len(a.recv(8, socket.MSG_PEEK)))
show("message cut", lambda: a.recvmsg(8, 0, socket.MSG_PEEK)[1:3])
show("length of a cut message", lambda: a.recv_into(bytearray(8), 8, socket.MSG_PEEK | socket.MSG_TRUNC))
show("from", lambda: a.recvfrom(100, socket.MSG_PEEK)[1])
show("answer", lambda: head(a.recv(1000)))
show("once only", lambda: a.recv(100, socket.MSG_DONTWAIT))

show("two in one", lambda: a.send(ask + message(GETDEFAULT, REQUEST | ACK, 6, bytes(4))))
show("first", lambda: head(a.recv(1000)))
show("second", lambda: head(a.recv(1000)))
show("ack", lambda: head(a.recv(1000)))
show("of no type", lambda: a.send(message(0x99, REQUEST | ACK, 7, bytes(4))))
show("refused", lambda: struct.unpack_from("=i", a.recv(1000), 16)[0])
show("truncated header", lambda: a.send(b"\x10\x00"))
show("no answer", lambda: a.recv(100, socket.MSG_DONTWAIT))
show("dump", lambda: a.send(message(GETPOLICY, REQUEST | DUMP, 8, bytes(64))))
show("done", lambda: head(a.recv(1000)))

b = socket.socket(socket.AF_NETLINK, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK, NETLINK_XFRM)
show("type", lambda: b.getsockopt(socket.SOL_SOCKET, socket.SO_TYPE))
show("port of another", lambda: b.bind(a.getsockname()))
show("port of its own", lambda: b.bind((0x7EED0001, 1 << POLICY_GROUP - 1)))
show("name", lambda: (hex(b.getsockname()[0]), b.getsockname()[1]))
copy = socket.socket(fileno=os.dup(b.fileno()))
show("nonblocking", lambda: b.recv(100))
show("event for", lambda: a.send(message(SETDEFAULT, REQUEST | ACK, 9, bytes(4))))
show("ack", lambda: head(a.recv(1000)))
# Through the library it may come behind the ack to another socket.
select.select([copy], [], [], 30)
show("event", lambda: head(copy.recv(1000)))
show("no longer", lambda: b.setsockopt(SOL_NETLINK, 2, POLICY_GROUP))
show("for nobody", lambda: a.send(message(SETDEFAULT, REQUEST | ACK, 10, bytes(4))))
show("ack", lambda: head(a.recv(1000)))
show("nothing", lambda: b.recv(100))
b.close()
show("copy", lambda: (hex(copy.getsockname()[0]), copy.getsockname()[1]))
copy.close()

c = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, NETLINK_XFRM)
show("connect", lambda: c.connect((0, 0)))
show("connected", lambda: c.getsockname()[0] != 0)
child = os.fork()
if child == 0:
    c.send(ask)
    os._exit(0)
os.waitpid(child, 0)
show("by a child", lambda: head(c.recv(1000))[:3])
os.close(c.detach())
other, end = socket.socketpair()
end.send(b"hello")
show("another socket", lambda: (other.recv(5), other.getsockopt(socket.SOL_SOCKET, socket.SO_DOMAIN)))
show("rtnetlink", lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0).getsockopt(socket.SOL_SOCKET, socket.SO_PROTOCOL))
show("packets are none", lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_STREAM, NETLINK_XFRM))
