"""Small pictures of every mode, and what Pillow's convert('RGB') makes of them.

    pip install numpy pillow==13.0.0
    python tooling/oracles/picture_modes.py > packages/datasets/test/picture-modes.json

Kinds that Pillow reads but does not write (16-bit colours, other depths of palettes, Adobe's markers) are written here by hand.
"""

import base64
import io
import json
import struct
import sys
import zlib

import numpy as np
from PIL import Image, ImageCms, __version__

HEIGHT, WIDTH = 5, 16
random = np.random.default_rng(20261128)
files = {}


def noise(channels=3):
    shape = (HEIGHT, WIDTH, channels) if channels else (HEIGHT, WIDTH)
    return random.integers(0, 256, shape, dtype=np.uint8)


def smooth(channels=3, height=17, width=19):
    y, x, channel = np.mgrid[:height, :width, :channels]
    return ((3 * x + 5 * y + 40 * channel) % 256).astype(np.uint8)


def save(name, picture, **options):
    buffer = io.BytesIO()
    kind = {"jpg": "JPEG", "tif": "TIFF"}.get(name.split(".")[1], name.split(".")[1].upper())
    picture.save(buffer, kind, **options)
    files[name] = buffer.getvalue()


def png(name, depth, colour_type, channels, **chunks):
    """A PNG file of noise with these chunks before its pixels."""

    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    row = WIDTH * channels * depth // 8
    rows = b"".join(b"\0" + random.integers(0, 256, row, dtype=np.uint8).tobytes() for _ in range(HEIGHT))
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, depth, colour_type, 0, 0, 0)
    others = b"".join(chunk(kind.encode(), content) for kind, content in chunks.items())
    files[name] = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + others + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def segment(content, marker):
    """Where a JPEG's segment starts and ends."""
    at = content.index(b"\xff" + bytes([marker]))
    return at, at + 2 + struct.unpack(">H", content[at + 2 : at + 4])[0]


def adobe(transform):
    return b"\xff\xee" + struct.pack(">H5sHHHB", 14, b"Adobe", 100, 0, 0, transform)


for depth in (1, 2, 4, 8, 16):
    png(f"grey-{depth}.png", depth, 0, 1)
png("grey-transparent-colour.png", 8, 0, 1, tRNS=b"\0\x12")
png("grey-16-transparent-colour.png", 16, 0, 1, tRNS=b"\x12\x34")
png("grey-gamma.png", 8, 0, 1, gAMA=struct.pack(">I", 100000))
palette = random.integers(0, 256, 768, dtype=np.uint8).tobytes()
for depth in (1, 2, 4, 8):
    png(f"palette-{depth}.png", depth, 3, 1, PLTE=palette[: 3 * 2**depth])
png("palette-of-greys.png", 2, 3, 1, PLTE=bytes([0, 0, 0, 80, 80, 80, 170, 170, 170, 255, 255, 255]))
png("palette-transparent.png", 8, 3, 1, PLTE=palette, tRNS=bytes(range(200)))
png("colours-16.png", 16, 2, 3)
png("colours-transparent-colour.png", 8, 2, 3, tRNS=b"\0\x12\0\x13\0\x14")
png("colours-gamma.png", 8, 2, 3, gAMA=struct.pack(">I", 100000))
png("grey-opacity-16.png", 16, 4, 2)
png("colours-opacity-16.png", 16, 6, 4)
save("grey-opacity.png", Image.fromarray(noise(2), "LA"))
save("colours-opacity.png", Image.fromarray(noise(4), "RGBA"))

for subsampling in ("4:4:4", "4:2:2", "4:2:0"):
    save(f"colours-{subsampling.replace(':', '')}.jpg", Image.fromarray(smooth()), quality=90, subsampling=subsampling)
save("progressive.jpg", Image.fromarray(smooth()), progressive=True)
save("grey.jpg", Image.fromarray(smooth(1)[:, :, 0]))
colours = files["colours-444.jpg"]
start, end = segment(colours, 0xE0)
files["adobe-colours.jpg"] = colours[:start] + adobe(0) + colours[end:]
files["adobe-colours-jfif.jpg"] = colours[:end] + adobe(0) + colours[end:]
save("inks.jpg", Image.fromarray(noise(4), "CMYK"), quality=95)
inks = files["inks.jpg"]
start, end = segment(inks, 0xEE)
files["inks-unmarked.jpg"] = inks[:start] + inks[end:]
files["inks-luminance.jpg"] = inks[:start] + adobe(2) + inks[end:]

profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
# A profile of another colour space: whoever applied it would change every colour.
profile = profile.replace(b"rXYZ", b"tmpX", 1).replace(b"bXYZ", b"rXYZ", 1).replace(b"tmpX", b"bXYZ", 1)
save("profile.png", Image.fromarray(noise()), icc_profile=profile)
save("profile.jpg", Image.fromarray(smooth()), icc_profile=profile)
exif = Image.Exif()
exif[0x112] = 6
save("turned.jpg", Image.fromarray(smooth()), exif=exif)

save("colours.webp", Image.fromarray(noise()), lossless=True)
save("colours-lossy.webp", Image.fromarray(smooth()))
save("colours-opacity.webp", Image.fromarray(noise(4), "RGBA"), lossless=True, exact=True)
save("black-white.tif", Image.fromarray(noise()).convert("1"))
save("grey.tif", Image.fromarray(noise(0)))
save("grey-16.tif", Image.fromarray(random.integers(0, 65536, (HEIGHT, WIDTH), dtype=np.uint16)))
save("grey-opacity.tif", Image.fromarray(noise(2), "LA"))
save("palette.tif", Image.fromarray(noise()).convert("P"))
save("colours.tif", Image.fromarray(noise()), compression="tiff_lzw")
save("colours-opacity.tif", Image.fromarray(noise(4), "RGBA"))
save("inks.tif", Image.fromarray(noise(4), "CMYK"))
save("turned.tif", Image.fromarray(smooth()), exif=exif)
save("numbers.tif", Image.fromarray(random.integers(-100, 400, (HEIGHT, WIDTH), dtype=np.int32)))
save("palette.gif", Image.fromarray(noise()).convert("P"))
transparent = Image.fromarray(noise()).convert("P")
save("transparent.gif", transparent, transparency=transparent.getpixel((0, 0)))
save("film.gif", Image.fromarray(noise()).convert("P"), save_all=True, append_images=[Image.fromarray(noise()).convert("P")])

save("film-transparent.gif", transparent, transparency=transparent.getpixel((3, 3)), save_all=True, append_images=[transparent.rotate(180)], disposal=2)
rgba = noise(4)
rgba[:, :, 3] = np.where(rgba[:, :, 3] > 99, 255, 0)
save("colours-opacity.gif", Image.fromarray(rgba, "RGBA"))
# A picture that does not reach to the edges of its screen.
content = bytearray(files["transparent.gif"])
content[6:10] = struct.pack("<HH", WIDTH + 4, HEIGHT + 3)
at = 13 + 3 * (2 << (content[10] & 7))
while content[at] == 0x21:
    at += 2
    while content[at]:
        at += 1 + content[at]
    at += 1
content[at + 1 : at + 5] = struct.pack("<HH", 3, 2)
files["part-transparent.gif"] = bytes(content)
save("colours-opacity-lossy.webp", Image.fromarray(noise(4), "RGBA"))

text = lambda content: base64.b64encode(content).decode()
pictures = []
for name, content in files.items():
    with Image.open(io.BytesIO(content)) as picture:
        rgb = np.asarray(picture.convert("RGB"))
        pictures.append({"name": name, "mode": picture.mode, "height": rgb.shape[0], "width": rgb.shape[1], "file": text(content), "rgb": text(rgb.tobytes())})
luminance = Image.fromarray(random.integers(0, 256, (8, 8, 3), dtype=np.uint8))
grey = {"rgb": text(np.asarray(luminance).tobytes()), "grey": text(np.asarray(luminance.convert("L")).tobytes())}
json.dump({"pillow": __version__, "pictures": pictures, "luminance": grey}, sys.stdout, indent=1)
print()
