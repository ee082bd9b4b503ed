"""Messages between two processes: bounded, whole or refused."""

import socket
import struct
import threading

import pytest

from core import wire


@pytest.fixture
def line():
    one, other = socket.socketpair()
    for end in (one, other):
        end.settimeout(2)
    yield one, other
    one.close()
    other.close()


def test_a_message_arrives_as_it_was_sent(line):
    message = {"do": "读", "text": '𠮷\n"', "list": [1, None, True]}
    wire.send(line[0], message)
    assert wire.receive(line[1], 1000) == message


def test_a_large_message_comes_through_in_pieces(line):
    message = {"text": "甲" * 1_000_000}
    sender = threading.Thread(target=wire.send, args=(line[0], message))
    sender.start()
    assert wire.receive(line[1], 4_000_000) == message
    sender.join()


@pytest.mark.parametrize(
    "sent",
    [
        struct.pack(">I", 2**31),
        struct.pack(">I", 101) + b" " * 101,
        struct.pack(">I", 4) + b"nope",
        struct.pack(">I", 2) + b"[]",
        struct.pack(">I", 50) + b"{}",
        b"\0\0",
        b"",
    ],
    ids=["huge", "over the limit", "no JSON", "no message", "cut short", "no length", "nothing"],
)
def test_what_is_no_message_is_refused(line, sent):
    line[0].sendall(sent)
    line[0].close()
    with pytest.raises(wire.BrokenMessage):
        wire.receive(line[1], 100)


def test_who_sends_nothing_is_not_waited_for(line):
    line[1].settimeout(0.05)
    with pytest.raises(TimeoutError):
        wire.receive(line[1], 100)
