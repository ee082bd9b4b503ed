"""File names from outside, made harmless and still recognisable."""

import re

from core.text import clean

MAX_CHARACTERS = 120
# Characters that reorder or hide text on screen: a name like "gpj.exe" must not read as "exe.jpg".
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
)
_RESERVED_CHARACTERS = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"|?*]')
_RESERVED_NAMES = re.compile(r"^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)", re.IGNORECASE)


def clean_name(name: str) -> str:
    """Return the last path component of ``name`` fit to be shown, stored and offered for download.

    Path parts, control and direction characters go; characters Windows reserves become ``_``; names Windows
    reserves get a leading ``_``; overlong names are cut in the middle so that the extension stays.
    """
    name = re.split(r"[/\\]", clean(name))[-1]
    name = _RESERVED_CHARACTERS.sub("_", _INVISIBLE.sub("", name.replace("\t", " ").replace("\n", " ")))
    name = re.sub(r"\s+", " ", name).strip(" .")
    if _RESERVED_NAMES.match(name) or name.startswith("-"):
        name = "_" + name
    stem, dot, extension = name.rpartition(".")
    if dot and stem and len(extension) <= 10:
        return stem[: MAX_CHARACTERS - len(extension) - 1].rstrip(" .") + "." + extension
    return name[:MAX_CHARACTERS] or "未命名"


def extension_of(name: str) -> str:
    """Return the lower-case extension without its dot, empty when there is none."""
    stem, dot, extension = name.rpartition(".")
    return extension.lower() if dot and stem else ""
