"""Made-up photographs of one place before, half-way through and after it was put right."""

import io
import random
from collections.abc import Callable

from PIL import Image, ImageDraw, ImageFilter

from inspection.demo import pictures

# How far the work has come: nothing, half, all of it.
STATES = {"before": 0, "half": 1, "after": 2}
Work = Callable[[ImageDraw.ImageDraw, int], None]

_BROWN, _GREY, _WHITE, _RED = (118, 92, 66), (104, 104, 102), (248, 247, 242), (176, 40, 36)


def _board(draw: ImageDraw.ImageDraw, done: int) -> None:
    """A notice board: three yellowed sheets, then some new ones, then all of them."""
    draw.rectangle([110, 130, 850, 570], fill=(232, 228, 216))
    for place in range(10):
        left, top = 130 + place % 5 * 144, 150 + place // 5 * 210
        old = place in (1, 3, 7)
        if (done == 0 and not old) or (done == 1 and place > 5 and not old):
            continue
        paper = (214, 196, 150) if old and (done == 0 or (place == 7 and done == 1)) else _WHITE
        draw.rectangle([left, top, left + 124, top + 186], fill=paper, outline=(180, 176, 168))
        draw.rectangle([left + 20, top + 12, left + 104, top + 22], fill=_RED if paper == _WHITE else _GREY)
        for line in range(10):
            end = left + 60 + (place * 31 + line * 17) % 50
            draw.line([(left + 14, top + 36 + line * 14), (end, top + 36 + line * 14)], fill=(150, 150, 152))


def _road(draw: ImageDraw.ImageDraw, done: int) -> None:
    """Two holes in a road: water in them, one filled behind a cone, both filled and lined."""
    for number, (x, y, w) in enumerate(((360, 600, 150), (500, 510, 90))):
        filled = done == 2 or (done == 1 and number == 1)
        draw.ellipse([x, y, x + w, y + w * 0.42], fill=(92, 92, 94) if filled else _BROWN)
        if not filled:
            draw.ellipse([x + 14, y + 10, x + w - 20, y + w * 0.34], fill=(126, 142, 150))
    if done == 1:
        draw.polygon([(330, 640), (352, 560), (374, 640)], fill=(216, 92, 34))
        draw.rectangle([340, 594, 364, 606], fill=_WHITE)
    if done == 2:
        for y in range(440, 720, 46):
            draw.line([(480, y), (480, y + 24)], fill=_WHITE, width=4 + (y - 420) // 60)


def _store(draw: ImageDraw.ImageDraw, done: int) -> None:
    """A store house: junk and a broken window, less junk, swept and with new panes."""
    for number, (x, h) in enumerate(((200, 70), (290, 110), (390, 60), (640, 90), (710, 60))):
        if done == 2 or (done == 1 and number > 2):
            continue
        draw.rectangle([x, 560 - h, x + 82, 566], fill=(_BROWN, _GREY, (150, 128, 92))[number % 3])
        draw.line([(x, 560 - h), (x + 82, 566)], fill=(84, 66, 50), width=3)
    if done == 2:
        for left in (230, 400, 610):
            draw.rectangle([left, 340, left + 100, 430], fill=(166, 196, 210), outline=_WHITE, width=6)
        draw.rectangle([524, 424, 586, 560], fill=(60, 96, 128))
    else:
        draw.polygon([(240, 350), (300, 420), (262, 426)], fill=(24, 26, 28))


def _pond(draw: ImageDraw.ImageDraw, done: int) -> None:
    """A pond: an open bank, a tape, a fence with a sign."""
    if done == 1:
        draw.line([(60, 560), (900, 600)], fill=_RED, width=7)
    if done == 2:
        for x in range(40, 940, 60):
            draw.rectangle([x, 560, x + 10, 690], fill=(232, 234, 232))
        for y in (580, 640):
            draw.rectangle([40, y, 930, y + 9], fill=(232, 234, 232))
    if done:
        draw.rectangle([120, 420, 270, 500], fill=(238, 196, 44), outline=(60, 50, 20), width=4)
        draw.rectangle([190, 500, 198, 600], fill=_GREY)
        draw.rectangle([144, 446, 246, 456], fill=(60, 50, 20))
        draw.rectangle([144, 468, 226, 478], fill=(60, 50, 20))


# Scene: the number of its ground among the demo's photographs, the caption, what is done there.
PLACES: dict[str, tuple[int, str, Work]] = {
    "pond": (0, "鱼塘临路一侧", _pond),
    "board": (1, "公开栏正面", _board),
    "road": (2, "村部至小学路段", _road),
    "store": (3, "集体仓库门前", _store),
}


def photograph_of(scene: str, state: str) -> tuple[str, bytes]:
    """The caption and the JPEG bytes of ``scene`` in one of :data:`STATES`, from the same spot each time."""
    number, caption, work = PLACES[scene]
    image = Image.new("RGB", pictures.SIZE, pictures.SKY)
    draw = ImageDraw.Draw(image)
    pictures.SCENES[number][1](draw, random.Random(number + 7))  # noqa: S311  (a picture, not a secret)
    work(draw, STATES[state])
    grain = Image.effect_noise(pictures.SIZE, 26).convert("RGB")
    image = Image.blend(image.filter(ImageFilter.GaussianBlur(1.1)), grain, 0.08)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=82)
    return caption, out.getvalue()
