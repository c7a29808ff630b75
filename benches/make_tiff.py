"""A huge synthetic map as BigTIFF: coloured lands with rough borders, paper grain, a grid, place strokes.

usage: make_tiff.py WIDTH HEIGHT OUT.tif
needs: Python alone. RGB in deflated strips of 32 rows, made from 64 kinds of strips that are packed once, so that
4 gigapixels take seconds and the memory of one kind after the other. The same sizes give the same map.
"""

import random
import struct
import sys
import zlib
from math import pi, sin

ROWS = 32          # of a strip
FAMILIES = 8       # which land lies where
VARIANTS = 8       # of a family: grain, borders, strokes
GRAIN = 2048       # pixels until the grain begins anew; within deflate's window, so that it packs well
LEVEL = 6          # below it deflate does not see that the grain begins anew
COUNTRY_ROWS = 1024
GRID = 1024

# Paper, sea and lands. Grain makes eight shades of each.
COLOURS = [(232, 216, 180), (196, 206, 190), (224, 190, 150), (214, 200, 160), (188, 198, 170), (226, 204, 190)]
INK = bytes((70, 48, 30))
GRID_INK = bytes((150, 120, 90))


def shades(colour):
    """Tables that turn grain, 0 to 7, into one channel of a colour."""
    return [bytes(max(0, min(255, part + (grain & 7) * 3 - 10)) for grain in range(256)) for part in colour]


TABLES = [shades(colour) for colour in COLOURS]


def borders(width, family):
    """Where one land ends and the next begins, and which land it is."""
    chance = random.Random(1000 + family)
    land = max(512, min(12_000, width // 6))
    edges, x = [], 0
    while x < width:
        x += chance.randrange(land // 2, land * 3 // 2)
        edges.append((min(x, width), chance.randrange(len(COLOURS)), chance.randrange(8, 90)))
    return edges


def line_of(grain, colour, width):
    """A row of one colour over the whole width."""
    row = bytearray(3 * GRAIN)
    for channel, table in enumerate(TABLES[colour]):
        row[channel::3] = grain.translate(table)
    return bytes(row) * (width // GRAIN + 1)


def strip(width, family, variant):
    """The pixels of one kind of strip."""
    chance = random.Random(family * VARIANTS + variant)
    edges = borders(width, family)
    rows = []
    for y in range(ROWS):
        grain = chance.randbytes(GRAIN)
        lines = {colour: line_of(grain, colour, width) for colour in {edge[1] for edge in edges}}
        row = bytearray()
        for x, colour, rough in edges:
            # Borders meet those of the strips above and below.
            wander = int(rough * sin(pi * y / ROWS) * (1 if variant % 2 else -1)) if x < width else 0
            end = max(len(row), min(width, x + wander) * 3)
            row += lines[colour][len(row):end]
            if x < width:
                row[-9:] = INK * 3
        for x in range(0, width - 1, GRID):
            row[3 * x:3 * x + 6] = GRID_INK * 2
        # Names and soundings, as strokes.
        for _ in range(width // 600):
            length = chance.randrange(2, 24)
            x = chance.randrange(width - length)
            row[3 * x:3 * (x + length)] = INK * length
        rows.append(bytes(row))
    if variant == 0:
        rows[0] = GRID_INK * width
    return b"".join(rows)


def kind_of(index):
    """Which strip stands where: a country is a family, its first strip carries the grid's line."""
    country, within = divmod(index * ROWS, COUNTRY_ROWS)
    variant = 0 if within == 0 else 1 + (index * 5 + country) % (VARIANTS - 1)
    return country % FAMILIES, variant


def directory(width, height, offsets, sizes, at):
    """The image file directory with its arrays, to stand at this place of the file."""
    count = len(offsets)
    arrays = struct.pack(f"<{count}Q", *offsets) + struct.pack(f"<{count}Q", *sizes)
    short, long, long8 = 3, 4, 16
    one = count == 1
    entries = [
        (256, long, 1, width),
        (257, long, 1, height),
        (258, short, 3, 8 | 8 << 16 | 8 << 32),
        (259, short, 1, 8),                 # deflate
        (262, short, 1, 2),                 # RGB
        (273, long8, count, offsets[0] if one else at),
        (277, short, 1, 3),
        (278, long, 1, ROWS),
        (279, long8, count, sizes[0] if one else at + 8 * count),
        (284, short, 1, 1),                 # channels together
    ]
    head = struct.pack("<Q", len(entries)) + b"".join(struct.pack("<HHQQ", *entry) for entry in entries)
    return arrays, head + struct.pack("<Q", 0)


def write(width, height, path):
    count = -(-height // ROWS)
    last = height - (count - 1) * ROWS
    kinds, offsets, sizes = {}, [], []
    with open(path, "wb") as out:
        out.write(struct.pack("<2sHHHQ", b"II", 43, 8, 0, 0))
        for index in range(count):
            kind = kind_of(index)
            if index == count - 1 and last < ROWS:
                packed = zlib.compress(strip(width, *kind)[:last * width * 3], LEVEL)
            else:
                if kind not in kinds:
                    kinds[kind] = zlib.compress(strip(width, *kind), LEVEL)
                packed = kinds[kind]
            offsets.append(out.tell())
            sizes.append(len(packed))
            out.write(packed)
        out.write(b"\0" * (-out.tell() % 8))
        arrays, head = directory(width, height, offsets, sizes, out.tell())
        out.write(arrays)
        at = out.tell()
        out.write(head)
        out.seek(8)
        out.write(struct.pack("<Q", at))


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    width, height = int(sys.argv[1]), int(sys.argv[2])
    if min(width, height) < 64:
        sys.exit("make_tiff.py: each side must be 64 pixels or more")
    write(width, height, sys.argv[3])


if __name__ == "__main__":
    main()
