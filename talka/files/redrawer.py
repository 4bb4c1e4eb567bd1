"""Redraws one photo in a process of its own.

`talka.files.photos` runs this file with the interpreter alone (`python -I redrawer.py`), so it imports
nothing of Talka. On standard input comes one line of JSON (the limits), then the uploaded bytes to the end;
on standard output goes one line of JSON (its `size` is that of the picture), then the picture, then its
thumbnail. Whatever a hostile picture does to the decoder, it does here, where memory, time and files are
rationed.
"""

import json
import resource
import sys
from io import BytesIO

from PIL import Image, ImageCms

FORMATS = ["JPEG", "PNG", "WEBP"]
ORIENTATION = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class Refused(Exception):
    """Says why a picture is not redrawn: a message key with its values."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


def redraw(
    data: bytes, *, pixels: int, long_side: int, thumbnail_side: int
) -> tuple[dict[str, object], bytes, bytes]:
    """Draw the picture again on a fresh canvas: its facts, its bytes and its thumbnail's bytes.

    Nothing but pixels crosses to the canvas. Colours are brought to sRGB and the picture is turned upright
    first, because the profile and the orientation that said so are left behind. Raises Refused, or whatever
    the decoder raises on broken data.
    """
    image = opened(data, pixels)
    turn = TURNS.get(orientation_of(image))
    profile = image.info.get("icc_profile")
    image = plain(image)
    image.thumbnail((long_side, long_side), Image.Resampling.LANCZOS)
    if turn is not None:
        image = image.transpose(turn)
    picture = canvas_of(in_srgb(image, profile))
    if picture.mode == "RGBA":
        content_type, drawn = "image/png", saved(picture, "PNG")
    else:
        content_type, drawn = "image/jpeg", saved(picture, "JPEG", quality=85, progressive=True)
    facts = {"content_type": content_type, "width": picture.width, "height": picture.height}
    picture.thumbnail((thumbnail_side, thumbnail_side), Image.Resampling.LANCZOS)
    return facts, drawn, saved(picture, "WEBP", quality=80)


def opened(data: bytes, pixels: int) -> Image.Image:
    """Open the picture without decoding it, or raise Refused if its header promises too much.

    A JPEG may carry further pictures (a depth map, a gain map, the other eye): phones write them unasked, so
    the first one is the photo and the others are left behind like any trailer. Animated PNG and WebP are
    refused.
    """
    if data[8:12] == b"WEBP":
        allow_size(*webp_size(data), pixels)
    Image.MAX_IMAGE_PIXELS = None  # allow_size counts more strictly, and with a sentence of its own
    image = Image.open(BytesIO(data), formats=FORMATS)
    allow_size(*image.size, pixels)
    if image.format != "MPO" and getattr(image, "n_frames", 1) != 1:
        raise Refused("files.several_frames")
    return image


def allow_size(width: int, height: int, pixels: int) -> None:
    """Raise Refused if so wide and high a picture has more pixels than allowed."""
    if width * height > pixels:
        raise Refused("files.too_many_pixels", width=width, height=height, megapixels=pixels // 1_000_000)


def webp_size(data: bytes) -> tuple[int, int]:
    """Read the width and height in a WebP header, because Pillow makes room for the pixels before it tells.

    Source: RFC 9649, sections 2.5 to 2.7.
    """
    if data[12:16] == b"VP8X":
        return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
    if data[12:16] == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    return int.from_bytes(data[26:28], "little") & 0x3FFF, int.from_bytes(data[28:30], "little") & 0x3FFF


def orientation_of(image: Image.Image) -> int:
    """Read which way up the picture was taken, 1 (upright) when that cannot be read.

    Damaged EXIF is common in honest photos and raises nearly anything.
    """
    try:
        return int(image.getexif().get(ORIENTATION, 1))
    except Exception:
        return 1


def plain(image: Image.Image) -> Image.Image:
    """Bring the picture to eight bits a channel: L, RGB, RGBA or CMYK."""
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda depth: depth * (1 / 256)).convert("L")
    if image.has_transparency_data:
        return image.convert("RGBA")
    if image.mode in ("L", "RGB", "CMYK"):
        return image
    return image.convert("RGB")


def in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Bring the colours from the picture's own profile to sRGB, or leave them if the profile is of no use."""
    if not profile:
        return image
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        wanted = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(image, source, wanted, outputMode=mode) or image
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image


def canvas_of(image: Image.Image) -> Image.Image:
    """Paint the picture on a new canvas: RGBA when some of it is really transparent, else L or RGB.

    Premultiplying blackens what lies under full transparency, so nothing rubbed out can be brought back.
    """
    if image.mode == "RGBA" and any(image.getchannel("A").histogram()[:255]):
        image = image.convert("RGBa").convert("RGBA")
    elif image.mode != "L":
        image = image.convert("RGB")
    canvas = Image.new(image.mode, image.size)
    canvas.paste(image)
    return canvas


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    """Return the picture's bytes in that format."""
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def ration(memory_bytes: int, cpu_seconds: int) -> None:
    """Limit this process for good: memory and processor time; no file written, no child, no core dump."""
    limits = {
        resource.RLIMIT_AS: memory_bytes,
        resource.RLIMIT_CPU: cpu_seconds,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NPROC: 0,
        resource.RLIMIT_CORE: 0,
    }
    for what, most in limits.items():
        _, hard = resource.getrlimit(what)
        ceiling = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (ceiling, ceiling))


def main() -> None:
    """Answer the one question on standard input.

    Any failure is told as a broken photo: the reader can do nothing with the decoder's own words.
    """
    question = json.loads(sys.stdin.buffer.readline())
    ration(**question["ration"])
    try:
        answer, *parts = redraw(sys.stdin.buffer.read(), **question["limits"])
        answer["size"] = len(parts[0])
    except Refused as refusal:
        answer, parts = {"refused": refusal.key, "values": refusal.values}, []
    except Exception:
        answer, parts = {"refused": "files.broken_photo", "values": {}}, []
    sys.stdout.buffer.write(b"".join([json.dumps(answer).encode(), b"\n", *parts]))


if __name__ == "__main__":
    main()
