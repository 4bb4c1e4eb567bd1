"""A hostile corpus, built here, against the redrawing of photos."""

import struct
import zlib
from io import BytesIO
from zipfile import ZipFile

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from talka.files import photos, redrawer
from talka.files.photos import PhotoRefused, redraw

CANARY = b"CANARY<script>alert(1)</script>"
EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n%%EndComments\nshowpage\n%%EOF\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
RED, GREEN, BLUE, GREY = (255, 0, 0), (0, 255, 0), (0, 0, 255), (128, 128, 128)


def file_of(image, kind, **options) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def plain(colour=GREY, size=(40, 30), mode="RGB"):
    return Image.new(mode, size, colour)


def quarters() -> Image.Image:
    """A picture whose four corners differ, wider than high."""
    image = plain(GREY, (96, 64))
    for colour, place in ((RED, (0, 0)), (GREEN, (48, 0)), (BLUE, (0, 32))):
        image.paste(colour, (*place, place[0] + 48, place[1] + 32))
    return image


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_bomb(side: int) -> bytes:
    """A valid PNG of empty pixels, squeezed row by row so that the test itself stays small."""
    squeeze = zlib.compressobj(9)
    rows = [squeeze.compress(bytes(1 + side)) for _ in range(side)]
    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    body = b"".join(rows) + squeeze.flush()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def webp_bomb() -> bytes:
    """A WebP whose header claims 16383 x 16383 pixels and that has none."""
    side = (16382).to_bytes(3, "little")
    body = b"WEBPVP8X" + struct.pack("<I", 10) + b"\0\0\0\0" + side + side
    return b"RIFF" + struct.pack("<I", len(body)) + body


def text_bomb() -> bytes:
    """A PNG with compressed text that grows to 100 MB."""
    text = chunk(b"iTXt", b"Comment\0\1\0\0\0" + zlib.compress(bytes(100_000_000), 9))
    image = file_of(plain(), "PNG")
    return image[:33] + text + image[33:]


def frames(kind: str) -> bytes:
    return file_of(plain(RED), kind, save_all=True, append_images=[plain(BLUE)])


def zipped() -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as container:
        container.writestr("index.html", CANARY)
    return out.getvalue()


def exif(orientation: int = 1) -> Image.Exif:
    facts = Image.Exif()
    facts[0x0112] = orientation
    facts[0x010E] = CANARY.decode()
    facts.get_ifd(0x8825)[1] = "N"
    facts.get_ifd(0x8825)[0x1B] = b"GPS" + CANARY
    return facts


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def laden_jpeg() -> bytes:
    """A JPEG with a canary in every place that can hold one."""
    data = file_of(
        plain(), "JPEG", exif=exif(), comment=CANARY, icc_profile=b"ICC" + CANARY, xmp=b"XMP" + CANARY
    )
    iptc = segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(CANARY)) + CANARY)
    thumbnail = segment(0xE0, b"JFXX\0\x10" + file_of(plain(RED), "JPEG", comment=CANARY))
    return data[:2] + iptc + thumbnail + data[2:] + b"TRAILER" + CANARY + zipped()


def laden_png() -> bytes:
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Comment", CANARY.decode())
    texts.add_text("Packed", CANARY.decode(), zip=True)
    texts.add_itxt("XML:com.adobe.xmp", CANARY.decode())
    texts.add(b"prVt", CANARY, after_idat=True)
    return file_of(plain(), "PNG", pnginfo=texts, exif=exif(), icc_profile=CANARY) + CANARY


def laden_webp() -> bytes:
    return file_of(plain(), "WEBP", exif=exif(), icc_profile=CANARY, xmp=CANARY) + CANARY


JPEG = file_of(quarters(), "JPEG", quality=95)
PNG = file_of(quarters(), "PNG")

REFUSED = {
    "nothing at all": (b"", "files.not_a_photo"),
    "a text": (b"Dear neighbours,\n", "files.not_a_photo"),
    "EPS renamed": (EPS, "files.not_a_photo"),
    "SVG": (SVG, "files.not_a_photo"),
    "GIF": (file_of(plain(), "GIF"), "files.not_a_photo"),
    "GIF with frames": (frames("GIF"), "files.not_a_photo"),
    "TIFF": (file_of(plain(), "TIFF"), "files.not_a_photo"),
    "HTML with a picture behind": (SVG + JPEG, "files.not_a_photo"),
    "animated PNG": (frames("PNG"), "files.several_frames"),
    "animated WebP": (frames("WEBP"), "files.several_frames"),
    "bare JPEG mark": (b"\xff\xd8\xff", "files.broken_photo"),
    "JPEG mark before EPS": (b"\xff\xd8\xff" + EPS, "files.broken_photo"),
    "JPEG mark before HTML": (b"\xff\xd8\xff" + SVG, "files.broken_photo"),
    "PNG mark before zip": (b"\x89PNG\r\n\x1a\n" + zipped(), "files.broken_photo"),
    "JPEG cut short": (JPEG[: len(JPEG) * 2 // 3], "files.broken_photo"),
    "PNG cut short": (PNG[: len(PNG) * 2 // 3], "files.broken_photo"),
    "WebP cut short": (laden_webp()[:60], "files.broken_photo"),
    "text bomb": (text_bomb, "files.broken_photo"),
    "PNG bomb": (lambda: png_bomb(13_000), "files.too_many_pixels"),
    "WebP bomb": (webp_bomb(), "files.too_many_pixels"),
    "too many bytes": (JPEG + bytes(15_000_000), "files.too_large"),
}
LADEN = {"JPEG": laden_jpeg(), "PNG": laden_png(), "WebP": laden_webp()}
KEPT = {
    "1 x 1": (file_of(plain(size=(1, 1)), "PNG"), "image/jpeg", "RGB"),
    "CMYK JPEG": (file_of(plain((0, 0, 0, 127), mode="CMYK"), "JPEG"), "image/jpeg", "RGB"),
    "16-bit PNG": (file_of(Image.new("I;16", (40, 30), 128 * 257), "PNG"), "image/jpeg", "L"),
    "1-bit PNG": (file_of(plain(1, mode="1"), "PNG"), "image/jpeg", "RGB"),
    "grey with alpha, opaque": (file_of(plain((128, 255), mode="LA"), "PNG"), "image/jpeg", "RGB"),
    "palette": (file_of(plain().quantize(2), "PNG"), "image/jpeg", "RGB"),
    "palette, transparent": (file_of(plain(0, mode="P"), "PNG", transparency=0), "image/png", "RGBA"),
    "transparent WebP": (file_of(plain((9, 9, 9, 99), mode="RGBA"), "WEBP"), "image/png", "RGBA"),
    "WebP": (file_of(plain(), "WEBP"), "image/jpeg", "RGB"),
}


def refusal_of(data: bytes) -> PhotoRefused:
    with pytest.raises(PhotoRefused) as caught:
        redraw(data, name="../photo.jpg")
    return caught.value


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def near(seen, wanted) -> bool:
    return all(abs(one - other) <= 12 for one, other in zip(seen, wanted, strict=True))


@pytest.mark.parametrize("what", REFUSED)
def test_a_hostile_file_is_refused_with_its_reason(what):
    data, key = REFUSED[what]
    refusal = refusal_of(data() if callable(data) else data)
    assert refusal.key == key
    assert refusal.values["name"] == "photo.jpg"


def test_a_refusal_says_the_numbers():
    assert refusal_of(png_bomb(13_000)).values == {
        "name": "photo.jpg",
        "width": 13_000,
        "height": 13_000,
        "megapixels": 40,
    }
    assert refusal_of(REFUSED["too many bytes"][0]).values == {"name": "photo.jpg", "megabytes": 15}


@pytest.mark.parametrize("what", KEPT)
def test_an_odd_but_honest_picture_is_kept(what):
    data, content_type, mode = KEPT[what]
    photo = redraw(data, name="photo")
    assert photo.content_type == content_type
    again = opened(photo.data)
    assert (again.size, again.get_format_mimetype(), again.mode) == (
        (photo.width, photo.height),
        content_type,
        mode,
    )
    assert opened(photo.thumbnail).format == "WEBP"


def test_middle_grey_stays_middle_grey_in_every_depth():
    for what in ("CMYK JPEG", "16-bit PNG", "grey with alpha, opaque", "palette", "WebP"):
        seen = opened(redraw(KEPT[what][0], name="photo").data).convert("RGB").getpixel((20, 15))
        assert near(seen, GREY), (what, seen)


@pytest.mark.parametrize("kind", LADEN)
def test_nothing_but_pixels_survives(kind):
    data = LADEN[kind]
    assert data.count(b"CANARY") >= 4  # there is something that could leak
    photo = redraw(data, name="photo.jpg")
    for drawn in (photo.data, photo.thumbnail):
        assert b"CANARY" not in drawn
        assert b"Photoshop" not in drawn
        assert b"PK\x03\x04" not in drawn
        image = opened(drawn)
        assert dict(image.getexif()) == {}
        assert set(image.info) - {"background", "loop", "timestamp", "duration"} <= {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
            "progressive",
            "progression",
        }


def test_the_canary_check_can_fail():
    plainly_saved = opened(LADEN["JPEG"])
    assert b"CANARY" in file_of(plainly_saved, "JPEG")


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_picture_is_turned_upright(orientation):
    undo = {5: 5, 6: 8, 7: 7, 8: 6}.get(orientation, orientation)
    turn = redrawer.TURNS.get(undo)
    stored = quarters() if turn is None else quarters().transpose(turn)
    photo = redraw(file_of(stored, "JPEG", quality=95, exif=exif(orientation)), name="photo.jpg")
    for drawn in (photo.data, photo.thumbnail):
        image = opened(drawn).convert("RGB")
        corners = [image.getpixel(place) for place in ((12, 12), (84, 12), (12, 52), (84, 52))]
        assert image.size == (96, 64)
        assert all(near(seen, wanted) for seen, wanted in zip(corners, (RED, GREEN, BLUE, GREY), strict=True))


def test_orientation_6_is_a_quarter_turn_clockwise():
    photo = redraw(file_of(quarters(), "JPEG", quality=95, exif=exif(6)), name="photo.jpg")
    image = opened(photo.data)
    assert image.size == (64, 96)
    assert near(image.getpixel((52, 12)), RED)  # the corner that was top left is now top right


def test_colours_are_brought_to_srgb_before_the_profile_is_dropped():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = profile.replace(b"rXYZ", b"????", 1).replace(b"bXYZ", b"rXYZ", 1).replace(b"????", b"bXYZ", 1)
    photo = redraw(file_of(plain(RED), "PNG", icc_profile=swapped), name="photo.png")
    assert near(opened(photo.data).getpixel((20, 15)), BLUE)


def test_nothing_hides_under_full_transparency():
    image = plain((200, 10, 10, 255), mode="RGBA")
    image.paste((11, 22, 33, 0), (10, 10, 20, 20))
    photo = redraw(file_of(image, "PNG"), name="photo.png")
    assert opened(photo.data).getpixel((15, 15)) == (0, 0, 0, 0)
    assert opened(photo.data).getpixel((5, 5)) == (200, 10, 10, 255)


def test_a_phone_picture_with_a_second_picture_inside_keeps_only_the_first():
    data = file_of(plain(RED), "MPO", save_all=True, append_images=[plain(BLUE)])
    assert opened(data).n_frames == 2
    photo = redraw(data, name="photo.jpg")
    assert near(opened(photo.data).getpixel((20, 15)), RED)
    assert photo.data.count(b"\xff\xd8\xff") == 1


def test_a_large_picture_is_made_smaller_and_keeps_its_shape():
    photo = redraw(file_of(plain(size=(6000, 3000)), "JPEG"), name="photo.jpg")
    assert (photo.width, photo.height) == (2560, 1280)
    assert opened(photo.thumbnail).size == (480, 240)


def test_a_hair_thin_picture_keeps_at_least_one_pixel():
    photo = redraw(file_of(plain(size=(20_000, 1)), "PNG"), name="photo.png")
    assert (photo.width, photo.height) == (2560, 1)


def test_a_busy_house_says_so_instead_of_piling_up(monkeypatch):
    monkeypatch.setattr(photos, "QUEUE_SECONDS", 0.01)
    with photos.AT_ONCE, photos.AT_ONCE:
        assert refusal_of(JPEG).key == "files.busy"
    assert redraw(JPEG, name="photo.jpg").content_type == "image/jpeg"
