"""A pack of synthetic maps in format 1 (docs/pack-format.md), for measuring; `haidang-pack check` finds nothing wrong.

usage: make_pack.py FOLDER --maps N [--picture FILE] [--size WxH] [--spots K]
needs: Python alone. Each map has a small picture of its own, or all of them the one given. The items are map-001,
map-002 and so on. Everything in the pack is made up.
"""

import argparse
import os
import random
import shutil
import struct
import zlib
from pathlib import Path

MAX_HALLS = 24
CARDS = 12         # items of a hall, while the halls last

COLOURS = [(232, 216, 180), (196, 206, 190), (224, 190, 150), (188, 198, 170), (16, 32, 52)]
INK = bytes((70, 48, 30))


def png(path, size, colours, seed):
    """A small map: bands of colours with grain, a grid, strokes."""
    width, height = size
    chance = random.Random(seed)
    shades = [[bytes(max(0, min(255, part + (g & 7) * 3 - 10)) for g in range(256)) for part in c] for c in colours]
    packer, packed = zlib.compressobj(1), []
    bands = sorted(chance.sample(range(64, width - 64), len(colours) - 1)) + [width]
    for y in range(height):
        grain, row, left = chance.randbytes(width), bytearray(3 * width), 0
        for tables, right in zip(shades, bands):
            for channel, table in enumerate(tables):
                row[3 * left + channel:3 * right:3] = grain[left:right].translate(table)
            left = right
        for _ in range(width // 400):
            length = chance.randrange(2, 24)
            x = chance.randrange(width - length)
            row[3 * x:3 * (x + length)] = INK * length
        for x in range(0, width, 256):
            row[3 * x:3 * x + 3] = INK
        packed.append(packer.compress(b"\0" + bytes(row if y % 256 else INK * width)))
    packed.append(packer.flush())

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", b"".join(packed)) + chunk(b"IEND", b"")
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + body)


def text(vi, en):
    return f'{{"vi": "{vi}", "en": "{en}"}}'


def statement(vi, en):
    return f'(text: {text(vi, en)}, sources: ["made-up"])'


def picture(file, vi, en):
    return (
        f'(file: "{file}", nature: Drawing, alt: {text(vi, en)}, licence: "CC0-1.0", '
        f'credit: {text("Máy vẽ để đo", "Drawn by a program, for measuring")})'
    )


SOURCES = f"""[
    (
        id: "made-up",
        title: {text("Không có thật, chỉ để đo", "Made up, for measuring only")},
        read_in: [(publisher: "Hải Đăng", url: "https://example.org/made-up")],
        status: NeedsChecking,
    ),
]
"""


def spot(number, count):
    x, y = 0.1 + 0.8 * (number + 0.5) / count, 0.2 + 0.6 * (number * 5 % count + 0.5) / count
    return f"""            (
                id: "spot-{number + 1}",
                at: Point({x:.4f}, {y:.4f}),
                title: {text(f"Điểm thử {number + 1}", f"Test point {number + 1}")},
                text: {statement("Lời ở điểm này chỉ để đo.", "The words at this point are for measuring.")},
            ),
"""


def item(number, file, spots, narration=""):
    return f"""(
    id: "map-{number:03}",
    title: {text(f"Bản đồ thử {number}", f"Test map {number}")},
    date: (when: Undated, text: {text("Không đề năm", "Undated")}),
    sources: ["made-up"],
    description: [
        {statement("Bản đồ này do máy vẽ, chỉ để đo.", "This map was drawn by a program, for measuring only.")},
    ],
{narration}    kind: Map(
        picture: {picture(file, f"Bản đồ thử {number}.", f"Test map {number}.")},
        hotspots: [
{"".join(spot(n, spots) for n in range(spots))}        ],
    ),
)
"""


def hall(number, items):
    names = ", ".join(f'"map-{n:03}"' for n in items)
    return f"""        (
            id: "hall-{number}",
            title: {text(f"Gian {number}", f"Hall {number}")},
            lead: {statement("Những bản đồ chỉ để đo.", "Maps for measuring only.")},
            items: [{names}],
        ),
"""


def exhibit(halls):
    return f"""(
    format: 1,
    id: "measured-{sum(map(len, halls))}",
    version: "0.1.0",
    languages: ["vi", "en"],
    title: {text("Gói để đo", "A pack to measure with")},
    publisher: {text("Hải Đăng", "Hải Đăng")},
    approval: (
        status: Sample,
        note: {text("Không có gì ở đây là thật.", "Nothing here is real.")},
    ),
    attract: (
        night: {picture("images/night.png", "Nền tối.", "A dark ground.")},
        light: {picture("images/light.png", "Nền sáng.", "A light ground.")},
        lamp: (0.45, 0.31),
    ),
    featured: "map-001",
    halls: [
{"".join(hall(n + 1, items) for n, items in enumerate(halls))}    ],
)
"""


def lay(given, target):
    """The picture given, in the pack: the same file where the disk can do that, for it may be large."""
    target.unlink(missing_ok=True)
    try:
        os.link(given, target)
    except OSError:
        shutil.copy2(given, target)


def write(folder, maps, given, size, spots):
    for part in ("items", "images"):
        shutil.rmtree(folder / part, ignore_errors=True)
        (folder / part).mkdir(parents=True)
    png(folder / "images/night.png", (1920, 1080), COLOURS[-1:], 1)
    png(folder / "images/light.png", (1920, 1080), COLOURS[:1], 2)
    shared = f"images/map{given.suffix.lower()}" if given else None
    if given:
        lay(given, folder / shared)
    for number in range(1, maps + 1):
        file = shared or f"images/map-{number:03}.png"
        if not given:
            png(folder / file, size, random.Random(number).sample(COLOURS[:-1], 3), 100 + number)
        (folder / f"items/map-{number:03}.ron").write_text(item(number, file, spots), encoding="utf-8")
    each = max(CARDS, -(-maps // MAX_HALLS))
    numbers = list(range(1, maps + 1))
    halls = [numbers[at:at + each] for at in range(0, maps, each)]
    (folder / "exhibit.ron").write_text(exhibit(halls), encoding="utf-8")
    (folder / "sources.ron").write_text(SOURCES, encoding="utf-8")


def size_of(words):
    width, height = words.split("x")
    return int(width), int(height)


def main():
    told = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    told.add_argument("folder", type=Path)
    told.add_argument("--maps", type=int, default=1, help="1 to 500")
    told.add_argument("--picture", type=Path, help="one picture for all maps")
    told.add_argument("--size", type=size_of, default=(1600, 1200), help="of each map's own picture, WxH")
    told.add_argument("--spots", type=int, default=3, help="points of interest on each map")
    given = told.parse_args()
    if not 1 <= given.maps <= 500:
        told.error("--maps: 1 to 500")
    if min(given.size) < 300:
        told.error("--size: 300x300 or more")
    write(given.folder, given.maps, given.picture, given.size, given.spots)


if __name__ == "__main__":
    main()
