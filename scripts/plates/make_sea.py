#!/usr/bin/env python3
"""Land of the whole world for the kiosk's own base map. Python 3 standard library only.

    make_sea.py PACKAGE_DIR REPOSITORY

PACKAGE_DIR   the unpacked npm package `world-atlas` 2.0.2 (land-10m.json)
REPOSITORY    root of this repository; assets/geodata/coast.json gives the box

Writes assets/geodata/world.json:
    polygons   land outside the box of coast.json; each polygon is its outer ring, then its holes
    coarse     land inside that box, for views in which the box is small

The world is cut where it is cut anyway or where nobody looks: at 30 W (longitudes run from -30 to 330, so that the
Pacific is whole), at 180, at 80 S and along the sides of the box. An edge with both ends on one of these lines is no
coast. Detail falls off with the distance from the box: on screen, what is far away is only seen small.
"""
import json
import math
import os
import sys

from make_geodata import area, compact, decode, polygons, ring, write

SEAM, SOUTH = -30.0, -80.0
# The specks of land in here stay, however small: west, south, east, north.
ARCHIPELAGOS = ((110.9, 15.4, 113.2, 17.4), (111.2, 6.6, 117.2, 12.1))
SPECK = 0.02


def mercator(lat):
    return math.degrees(math.log(math.tan(math.radians(lat) / 2 + math.pi / 4)))


def half(rings, axis, limit, sign):
    """The part of a polygon on one side of a line, as separate polygons: no bridges run along the line."""
    def inside(p):
        return (p[axis] - limit) * sign >= 0

    chains, whole = [], []
    for points in rings:
        sides = [inside(p) for p in points]
        if all(sides):
            whole.append(points)
            continue
        if not any(sides):
            continue
        count = len(points)
        start = next(i for i in range(count) if not sides[i] and sides[(i + 1) % count])
        chain = None
        for step in range(count):
            a, b = points[(start + step) % count], points[(start + step + 1) % count]
            in_a, in_b = sides[(start + step) % count], sides[(start + step + 1) % count]
            if in_a != in_b:
                t = (limit - a[axis]) / (b[axis] - a[axis])
                cut = [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])]
                cut[axis] = limit
                if in_b:
                    chain = [tuple(cut)]
                else:
                    chain.append(tuple(cut))
                    chains.append(chain)
            if in_b:
                chain.append(b)
    if not chains:
        return [whole] if whole else []
    parts = [[r] for r in join(chains, 1 - axis)]
    for hole in whole:
        next(part for part in parts if holds(part[0], hole[0])).append(hole)
    return parts


def holds(points, p):
    """Does the ring go round the point?"""
    crossed = 0
    for a, b in zip(points, points[1:] + points[:1]):
        if (a[1] > p[1]) != (b[1] > p[1]) and p[0] < a[0] + (p[1] - a[1]) / (b[1] - a[1]) * (b[0] - a[0]):
            crossed += 1
    return crossed % 2 == 1


def join(chains, along):
    """Ends on the line, sorted along it, pair up: between the first and the second is land, and so on."""
    ends = sorted((chain[side][along], i, side) for i, chain in enumerate(chains) for side in (0, -1))
    partner = {}
    for a, b in zip(ends[::2], ends[1::2]):
        partner[a[1:]], partner[b[1:]] = b[1:], a[1:]
    rings, used = [], set()
    for first in range(len(chains)):
        if first in used:
            continue
        points, chain = [], first
        while chain not in used:
            used.add(chain)
            points += chains[chain]
            chain, side = partner[(chain, -1)]
            assert side == 0, "two coasts run the same way"
        rings.append(points)
    return rings


def cut(parts, axis, limit, sign):
    return [piece for part in parts for piece in half(part, axis, limit, sign)]


def unwrapped(points):
    """Without the jump at 180. Only Antarctica goes round the globe: it is closed by way of the pole."""
    out = [points[0]]
    for x, y in points[1:] + points[:1]:
        out.append((x + 360.0 * round((out[-1][0] - x) / 360.0), y))
    last = out.pop()
    if abs(last[0] - out[0][0]) < 1.0:
        turn = 360.0 * round((min(x for x, _ in out) + max(x for x, _ in out)) / 720.0)
        return [(x - turn, y) for x, y in out]
    return out + [last, (last[0], -89.0), (out[0][0], -89.0)]


def simplify(points, tolerance):
    """Douglas-Peucker on an open run in Mercator degrees; the tolerance is that of each point's place."""
    flat = [(x, mercator(y)) for x, y in points]
    keep = {0, len(points) - 1}
    stack = [(0, len(points) - 1)]
    while stack:
        a, b = stack.pop()
        ax, ay = flat[a]
        dx, dy = flat[b][0] - ax, flat[b][1] - ay
        square = dx * dx + dy * dy
        best, index = 1.0, -1
        for i in range(a + 1, b):
            px, py = flat[i][0] - ax, flat[i][1] - ay
            t = max(0.0, min(1.0, (px * dx + py * dy) / square)) if square else 0.0
            d = math.hypot(px - t * dx, py - t * dy) / tolerance(points[i])
            if d > best:
                best, index = d, i
        if index >= 0:
            keep.add(index)
            stack += [(a, index), (index, b)]
    return [points[i] for i in sorted(keep)]


def simplify_ring(points, tolerance, is_fixed):
    """Points on a cut stay where they are, so that the parts on both sides meet there."""
    fixed = [i for i, p in enumerate(points) if is_fixed(p)]
    if not fixed:
        far = max(range(len(points)), key=lambda i: math.dist(points[i], points[0]))
        fixed = sorted({0, far})
    points = points[fixed[0]:] + points[:fixed[0]]
    stops = [i - fixed[0] for i in fixed] + [len(points)]
    points.append(points[0])
    out = []
    for a, b in zip(stops, stops[1:]):
        out += simplify(points[a:b + 1], tolerance)[:-1]
    return out


def rounded(points, digits):
    out = []
    for p in points:
        q = [round(p[0], digits(p)), round(p[1], digits(p))]
        q = [int(v) if v == int(v) else v for v in q]
        if not out or out[-1] != q:
            out.append(q)
    while len(out) > 1 and out[0] == out[-1]:
        out.pop()
    return out


def main():
    package, root = sys.argv[1:3]
    geodata = os.path.join(root, "assets", "geodata")
    with open(os.path.join(geodata, "coast.json"), encoding="utf-8") as f:
        box = json.load(f)["bounds"]
    west, south, east, north = (box[k] for k in ("west", "south", "east", "north"))
    with open(os.path.join(package, "land-10m.json"), encoding="utf-8") as f:
        land = json.load(f)
    arcs = decode(land)

    cut_longitudes, cut_latitudes = (SEAM, west, east, 180.0, SEAM + 360.0), (SOUTH, south, north)

    def is_fixed(p):
        return p[0] in cut_longitudes or p[1] in cut_latitudes

    def distance(p):
        return math.hypot(max(west - p[0], p[0] - east, 0.0), max(south - p[1], p[1] - north, 0.0))

    def outer_tolerance(p):
        return min(0.01 + 0.004 * distance(p), 0.15)

    def digits(p):
        if is_fixed(p):
            return 4  # as in coast.json
        return 3 if distance(p) < 4.0 else 2

    def finished(parts, tolerance, smallest, digits):
        out = []
        for part in parts:
            x, y = part[0][0]
            flat = area([(px, mercator(py)) for px, py in part[0]])
            is_speck = any(w <= x <= e and s <= y <= n for w, s, e, n in ARCHIPELAGOS) and flat < SPECK
            if is_speck:
                out.append([rounded(part[0], lambda p: 4)])
            elif flat >= smallest((x, y)):
                rings = [rounded(simplify_ring(r, tolerance, is_fixed), digits) for r in part]
                if len(rings[0]) >= 3:
                    out.append([r for r in rings if len(r) >= 3])
        return out

    outside, inside = [], []
    for polygon in polygons(land["objects"]["land"]):
        rings = []
        for r in polygon:
            points = ring(arcs, r)
            points = [(180.0 if x > 179.9999 else -180.0 if x < -179.9999 else x, y) for x, y in points]
            rings.append(unwrapped(points[:-1] if points[0] == points[-1] else points))
        if len(rings[0]) < 3:
            continue
        whole = cut([rings], 1, SOUTH, 1)
        parts = cut(whole, 0, SEAM, 1)
        parts += [[[(x + 360.0, y) for x, y in r] for r in part] for part in cut(whole, 0, SEAM, -1)]
        middle = cut(cut(parts, 0, west, 1), 0, east, -1)
        outside += cut(parts, 0, west, -1) + cut(parts, 0, east, 1)
        outside += cut(middle, 1, south, -1) + cut(middle, 1, north, 1)
        inside += cut(cut(middle, 1, south, 1), 1, north, -1)

    outside = finished(outside, outer_tolerance, lambda p: (2.5 * outer_tolerance(p)) ** 2, digits)
    inside = finished(inside, lambda p: 0.02, lambda p: 0.0012, lambda p: 4 if is_fixed(p) else 2)
    text = compact({
        "source": "Natural Earth 1:10m land (npm world-atlas 2.0.2), public domain, simplified",
        "bounds": box,
        "cuts": {"longitudes": cut_longitudes, "latitudes": cut_latitudes},
        "polygons": outside,
        "coarse": inside,
    }) + "\n"
    write(os.path.join(geodata, "world.json"), text)
    for name, parts in (("outside", outside), ("coarse", inside)):
        print(name, len(parts), "polygons,", sum(len(r) for p in parts for r in p), "points")
    print(len(text.encode()), "bytes")


if __name__ == "__main__":
    main()
