"""Photographs of the demo district, made by drawing: a notice board, a pond, a village road, an empty store house."""

import io
import random
from collections.abc import Callable

from PIL import Image, ImageDraw, ImageFilter

SIZE = (960, 720)
SKY, HILL, GRASS = (196, 214, 224), (120, 146, 128), (146, 168, 112)
Colour = tuple[int, int, int]
Scene = Callable[[ImageDraw.ImageDraw, random.Random], None]


def _mix(first: Colour, second: Colour, share: float) -> Colour:
    return tuple(round(a + (b - a) * share) for a, b in zip(first, second, strict=True))  # type: ignore[return-value]


def _landscape(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    """Sky, two lines of hills, a field."""
    width, height = SIZE
    for y in range(height):
        draw.line([(0, y), (width, y)], fill=_mix(SKY, (238, 240, 236), y / height))
    for base, shade in ((300, 0.35), (360, 0.0)):
        points = [(x, base - rng.randint(0, 90)) for x in range(0, width + 80, 80)]
        draw.polygon([(0, height), *points, (width, height)], fill=_mix(HILL, SKY, shade))
    draw.rectangle([0, 420, width, height], fill=GRASS)


def _pond(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    """A fish pond with its bank and a shed."""
    _landscape(draw, rng)
    draw.ellipse([70, 430, 900, 690], fill=(122, 108, 84))
    draw.ellipse([90, 442, 880, 676], fill=(96, 132, 142))
    for _ in range(60):
        x, y = rng.randint(180, 780), rng.randint(470, 650)
        draw.line([(x, y), (x + rng.randint(20, 60), y)], fill=(140, 172, 178), width=2)
    draw.rectangle([690, 340, 830, 440], fill=(168, 158, 140))
    draw.polygon([(675, 345), (760, 295), (845, 345)], fill=(120, 84, 70))


def _board(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    """The notice board of village affairs: papers, some missing."""
    draw.rectangle([0, 0, *SIZE], fill=(212, 206, 194))
    draw.rectangle([90, 110, 870, 590], fill=(94, 44, 42))
    draw.rectangle([110, 130, 850, 570], fill=(232, 228, 216))
    for column in range(5):
        for row in range(2):
            left, top = 130 + column * 144, 150 + row * 210
            if rng.random() < 0.35:
                continue
            draw.rectangle([left, top, left + 124, top + 186], fill=(250, 250, 247), outline=(180, 176, 168))
            for line in range(11):
                end = left + 14 + rng.randint(50, 96)
                draw.line(
                    [(left + 14, top + 20 + line * 14), (end, top + 20 + line * 14)], fill=(150, 150, 152)
                )
    draw.rectangle([120, 590, 150, 720], fill=(90, 84, 78))
    draw.rectangle([810, 590, 840, 720], fill=(90, 84, 78))


def _road(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    """A concrete road with cracks between fields."""
    _landscape(draw, rng)
    draw.polygon([(430, 420), (530, 420), (860, 720), (100, 720)], fill=(176, 174, 168))
    for _ in range(7):
        x, y = rng.randint(300, 640), rng.randint(500, 700)
        crack = [(x, y)]
        for _ in range(5):
            crack.append((crack[-1][0] + rng.randint(-18, 26), crack[-1][1] + rng.randint(4, 14)))
        draw.line(crack, fill=(96, 94, 90), width=3)
    for x in (60, 200, 760, 900):
        draw.rectangle([x, 360, x + 8, 470], fill=(88, 76, 62))


def _store(draw: ImageDraw.ImageDraw, rng: random.Random) -> None:
    """An old store house of the collective."""
    _landscape(draw, rng)
    draw.rectangle([170, 250, 790, 560], fill=(190, 172, 150))
    draw.polygon([(140, 255), (480, 130), (820, 255)], fill=(110, 78, 66))
    for left in (230, 400, 610):
        draw.rectangle([left, 340, left + 100, 430], fill=(78, 88, 94))
        draw.line([(left + 50, 340), (left + 50, 430)], fill=(190, 172, 150), width=5)
    draw.rectangle([520, 420, 590, 560], fill=(84, 62, 50))
    for _ in range(40):
        x, y = rng.randint(180, 780), rng.randint(260, 550)
        draw.point([(x, y), (x + 1, y)], fill=(150, 132, 112))


SCENES: list[tuple[str, Scene]] = [
    ("集体鱼塘现状", _pond),
    ("村务公开栏", _board),
    ("村道硬化路面", _road),
    ("集体旧仓库", _store),
]


def photograph(number: int) -> tuple[str, bytes]:
    """Return the caption and the JPEG bytes of the made-up photograph ``number``; equal numbers give equal bytes."""
    caption, scene = SCENES[number % len(SCENES)]
    rng = random.Random(number)  # noqa: S311  (a picture, not a secret)
    image = Image.new("RGB", SIZE, SKY)
    scene(ImageDraw.Draw(image), rng)
    grain = Image.effect_noise(SIZE, 26).convert("RGB")
    image = Image.blend(image.filter(ImageFilter.GaussianBlur(1.1)), grain, 0.08)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=82)
    return f"{caption}（{number + 1}）", out.getvalue()
