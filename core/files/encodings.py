"""Which encoding a Chinese office's text file is in."""

import codecs


def encoding_of(content: bytes) -> str:
    """Return the codec name, or an empty string when it is no text at all.

    A byte order mark decides; without one, zero bytes mean UTF-16 (every comma, digit and line end has one),
    then UTF-8 if it decodes, then GB18030, which contains GBK and GB2312. ``content`` may be cut anywhere.
    """
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            return name
    if b"\x00" in content:
        name = "utf-16-le" if content[1::2].count(0) > content[::2].count(0) else "utf-16-be"
        return name if _decodes(content, name) and _looks_written(content.decode(name, "replace")) else ""
    return next((name for name in ("utf-8", "gb18030") if _decodes(content, name)), "")


def _decodes(content: bytes, name: str) -> bool:
    try:
        # Not final: the last character of a cut piece may be incomplete.
        codecs.getincrementaldecoder(name)().decode(content, final=False)
    except UnicodeDecodeError:
        return False
    return True


def _looks_written(text: str) -> bool:
    """Binary data read as UTF-16 is full of characters no table contains."""
    strange = sum(1 for sign in text if not (sign.isprintable() or sign in "\r\n\t\u3000\u00a0\ufffd\ufeff"))
    return strange * 50 <= len(text)
