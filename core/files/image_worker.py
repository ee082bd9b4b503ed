"""Child process: decodes one image completely and writes a smaller one. Prints its width and height in pixels.

Arguments: source, target, edge in pixels, pixel limit. Exit codes: 0 done, 3 too many pixels, 4 not decodable.
"""

import sys
import warnings

from PIL import Image, ImageOps

TOO_LARGE, BROKEN = 3, 4


def main(source: str, target: str, edge: int, limit: int) -> int:
    """Write the smaller picture: turned upright, RGB, without EXIF, colour profile or comments."""
    warnings.simplefilter("ignore")
    Image.MAX_IMAGE_PIXELS = None  # the limit below is exact; Pillow's own tolerates the double
    try:
        with Image.open(source, formats=("JPEG", "PNG")) as image:
            if image.width * image.height > limit:
                return TOO_LARGE
            image.draft("RGB", (edge * 2, edge * 2))
            image.load()
            small = ImageOps.exif_transpose(image)
            small.thumbnail((edge, edge))
            bare = Image.new("RGB", small.size, "white")
            flat = small.convert("RGBA") if small.mode in ("P", "LA", "PA", "RGBA") else small.convert("RGB")
            bare.paste(flat, mask=flat.getchannel("A") if flat.mode == "RGBA" else None)
            bare.save(target, "JPEG", quality=82, optimize=True)
            sys.stdout.write(f"{bare.width} {bare.height}")
    except (OSError, ValueError, SyntaxError, MemoryError, OverflowError):
        return BROKEN
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])))
