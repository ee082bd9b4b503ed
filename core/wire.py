"""Messages between two processes of one machine: a length, then JSON. Both ends bound what they take in."""

import json
import socket
import struct
from typing import Any

_LENGTH = struct.Struct(">I")


class BrokenMessage(Exception):
    """The other end left in the middle, sent too much, or sent something that is no message."""


def send(connection: socket.socket, message: dict[str, Any]) -> None:
    """Send one message; raises ``OSError`` when the other end does not take it in time."""
    body = json.dumps(message, ensure_ascii=False).encode()
    connection.sendall(_LENGTH.pack(len(body)) + body)


def receive(connection: socket.socket, limit: int) -> dict[str, Any]:
    """One message of at most ``limit`` bytes; raises :class:`BrokenMessage` or ``OSError`` (a time-out is one)."""
    (size,) = _LENGTH.unpack(_exactly(connection, _LENGTH.size))
    if size > limit:
        raise BrokenMessage(f"{size} bytes announced, {limit} allowed")
    try:
        message = json.loads(_exactly(connection, size))
    except ValueError:
        # What was sent may be secret: it is not quoted.
        raise BrokenMessage("no JSON") from None
    if not isinstance(message, dict):
        raise BrokenMessage("no message")
    return message


def _exactly(connection: socket.socket, size: int) -> bytes:
    found = bytearray()
    while len(found) < size:
        piece = connection.recv(min(size - len(found), 1024 * 1024))
        if not piece:
            raise BrokenMessage("the other end has left")
        found += piece
    return bytes(found)
