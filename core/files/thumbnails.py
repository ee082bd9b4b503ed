"""Small pictures for pages, made once when an image comes in; making one also proves that the image is whole."""

from pathlib import Path

from core.errors import ServiceError
from core.files import sandbox

EDGE = 480
# Large enough to read a photographed page.
WORKING_EDGE = 1800
MAX_PIXELS = 50_000_000
SUFFIX = ".thumb"

_WORKER = Path(__file__).with_name("image_worker.py")
_TOO_LARGE = 3


def make(source: Path, edge: int = EDGE) -> Path:
    """Decode ``source`` within limits, write a picture of at most ``edge`` pixels beside it and return its path.

    What is written is encoded anew: no place, no camera, no comment comes along.
    """
    target = source.with_name(source.name + SUFFIX)
    draw(source, target, edge)
    return target


def working_copy(source: Path) -> bytes:
    """A picture to work with in the place of one that stays sealed."""
    return make(source, WORKING_EDGE).read_bytes()


def draw(source: Path, target: Path, edge: int) -> tuple[int, int]:
    """The same with the place of the small picture given; return its width and height in pixels."""
    try:
        width, height = sandbox.run(_WORKER, str(source), str(target), str(edge), str(MAX_PIXELS)).split()
    except sandbox.WorkerFailed as failure:
        target.unlink(missing_ok=True)
        if failure.code == _TOO_LARGE:
            raise ServiceError("图片超过 5000 万像素，未接收。请缩小后上传。") from None
        raise ServiceError("图片不完整或已损坏，无法打开。请重新拍照或另存后上传。") from None
    return int(width), int(height)
