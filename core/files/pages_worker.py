"""Child process: counts the pages of one PDF by walking its page tree. Prints the number, or nothing.

Standard library only. Objects are found by their own marks and not by the table of contents of the file, which a
scanner may have written wrongly; where an object was changed later, the last one counts, as in every reader. An
encrypted or damaged tree gives no number rather than a guess.
"""

import re
import sys
import zlib

_OBJECT = re.compile(rb"(?<![0-9])(\d{1,10})\s+\d{1,5}\s+obj\b")
_ROOT = re.compile(rb"/Root\s+(\d{1,10})\s+\d{1,5}\s+R\b")
_TREE = re.compile(rb"/Pages\s+(\d{1,10})\s+\d{1,5}\s+R\b")
_KIDS = re.compile(rb"/Kids\s*\[([^\]]*)\]")
_REFERENCE = re.compile(rb"(\d{1,10})\s+\d{1,5}\s+R\b")
_STREAM = re.compile(rb"stream\r?\n")
_FIRST = re.compile(rb"/First\s+(\d{1,8})\b")
_DICTIONARY = 1024 * 1024
_UNPACKED = 64 * 1024 * 1024


def objects(content: bytes) -> dict[int, bytes]:
    """Number → text of each object, those inside of compressed streams included."""
    found: dict[int, bytes] = {}
    marks = list(_OBJECT.finditer(content))
    room = _UNPACKED
    ends = [*(mark.start() for mark in marks[1:]), len(content)]
    for mark, end in zip(marks, ends, strict=False):
        stream = _STREAM.search(content, mark.end(), end)
        head = content[mark.end() : min(stream.start() if stream else end, mark.end() + _DICTIONARY)]
        found[int(mark.group(1))] = head
        if stream and b"/ObjStm" in head:
            unpacked = _inflated(content[stream.end() : end], room)
            room -= len(unpacked)
            found |= _inner(head, unpacked)
    return found


def _inflated(packed: bytes, room: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, max(1, room))
    except zlib.error:
        return b""


def _inner(head: bytes, unpacked: bytes) -> dict[int, bytes]:
    """Objects of one stream: pairs of number and place, then the objects themselves."""
    first = _FIRST.search(head)
    if first is None:
        return {}
    at = int(first.group(1))
    numbers = [int(word) for word in unpacked[:at].split() if word.isdigit()]
    places = [at + place for place in numbers[1::2]]
    ends = [*places[1:], len(unpacked)]
    return {
        number: unpacked[place:end] for number, place, end in zip(numbers[::2], places, ends, strict=False)
    }


def pages(content: bytes) -> int | None:
    """How many leaves the page tree has; ``None`` when it cannot be walked to its end."""
    known = objects(content)
    roots = _ROOT.findall(content)
    tree = _TREE.search(known.get(int(roots[-1]), b"")) if roots else None
    if tree is None:
        return None
    waiting, seen, leaves = [int(tree.group(1))], set(), 0
    while waiting:
        number = waiting.pop()
        text = known.get(number)
        if text is None or number in seen:
            return None
        seen.add(number)
        kids = _KIDS.search(text)
        if kids is None:
            leaves += 1
        else:
            waiting += [int(kid) for kid in _REFERENCE.findall(kids.group(1))]
    return leaves


if __name__ == "__main__":
    with open(sys.argv[1], "rb") as source:
        number = pages(source.read())
    sys.stdout.write("" if number is None else str(number))
