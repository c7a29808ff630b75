#!/usr/bin/env python3
"""Geodata of the sample exhibit. Python 3 standard library only.

    make_geodata.py PACKAGE_DIR EXHIBIT_FACTS_MD REPOSITORY

PACKAGE_DIR       the unpacked npm package `world-atlas` 2.0.2
                  (land-10m.json; countries-10m.json only for the mainland polygon of Việt Nam)
EXHIBIT_FACTS_MD  the exhibit's facts; section 9 holds the 48 places
REPOSITORY        root of this repository

Writes
    assets/geodata/coast.json         land, 99-126 E, 3-26 N, and the mainland of Việt Nam
    assets/geodata/places.json        the 48 places
    scripts/plates/coast-north.json   coarser land, 98-138 E, 17-46 N: two plates only

Island polygons and names are never taken from countries-10m.
"""
import json
import os
import re
import sys
import unicodedata


def decode(topology):
    sx, sy = topology["transform"]["scale"]
    tx, ty = topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x += dx
            y += dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    return arcs


def ring(arcs, indices):
    points = []
    for i in indices:
        part = arcs[i] if i >= 0 else arcs[~i][::-1]
        points.extend(part if not points else part[1:])
    return points


def polygons(geometry):
    if geometry["type"] == "Polygon":
        return [geometry["arcs"]]
    if geometry["type"] == "MultiPolygon":
        return geometry["arcs"]
    return [p for g in geometry["geometries"] for p in polygons(g)]


def clip(points, box):
    """Sutherland-Hodgman against an axis-parallel box."""
    west, south, east, north = box
    sides = ((0, west, 1), (0, east, -1), (1, south, 1), (1, north, -1))
    for axis, limit, sign in sides:
        if not points:
            return []
        out = []
        previous = points[-1]
        for point in points:
            a = (previous[axis] - limit) * sign >= 0
            b = (point[axis] - limit) * sign >= 0
            if a != b:
                t = (limit - previous[axis]) / (point[axis] - previous[axis])
                cut = [previous[0] + t * (point[0] - previous[0]), previous[1] + t * (point[1] - previous[1])]
                cut[axis] = limit
                out.append(tuple(cut))
            if b:
                out.append(point)
            previous = point
        points = out
    return points


def simplify(points, tolerance):
    """Douglas-Peucker on a closed ring, without recursion."""
    if len(points) < 5:
        return points
    far = max(range(len(points)), key=lambda i: (points[i][0] - points[0][0]) ** 2 + (points[i][1] - points[0][1]) ** 2)
    keep = {0, far, len(points) - 1}
    stack = [(0, far), (far, len(points) - 1)]
    while stack:
        a, b = stack.pop()
        ax, ay = points[a]
        bx, by = points[b]
        dx, dy = bx - ax, by - ay
        length = (dx * dx + dy * dy) ** 0.5
        best, index = 0.0, -1
        for i in range(a + 1, b):
            px, py = points[i][0] - ax, points[i][1] - ay
            d = abs(px * dy - py * dx) / length if length else (px * px + py * py) ** 0.5
            if d > best:
                best, index = d, i
        if best > tolerance:
            keep.add(index)
            stack += [(a, index), (index, b)]
    return [points[i] for i in sorted(keep)]


def rounded(points):
    out = []
    for x, y in points:
        p = [round(x, 4), round(y, 4)]
        if not out or out[-1] != p:
            out.append(p)
    if len(out) > 1 and out[0] == out[-1]:
        out.pop()
    return out


def area(points):
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, points[1:] + points[:1]))) / 2


def write(path, value):
    with open(path, "w", encoding="utf-8", newline="\n") as f:
        f.write(value)


def compact(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def main():
    package, facts, root = sys.argv[1:4]
    with open(os.path.join(package, "land-10m.json"), encoding="utf-8") as f:
        land = json.load(f)
    arcs = decode(land)
    near, north = [], []
    for polygon in polygons(land["objects"]["land"]):
        outer = ring(arcs, polygon[0])  # holes are lakes: not drawn
        part = rounded(clip(outer, (99.0, 3.0, 126.0, 26.0)))
        if len(part) >= 3:
            near.append(part)
        part = clip(outer, (98.0, 17.0, 138.0, 46.0))
        if len(part) >= 3 and area(part) > 0.0008:
            part = rounded(simplify(part + part[:1], 0.012))
            if len(part) >= 3:
                north.append(part)

    with open(os.path.join(package, "countries-10m.json"), encoding="utf-8") as f:
        countries = json.load(f)
    arcs = decode(countries)
    geometries = countries["objects"]["countries"]["geometries"]
    viet_nam = [g for g in geometries if g.get("id") == "704"][0]
    mainland = max(polygons(viet_nam), key=lambda p: area(ring(arcs, p[0])))[0]
    shared = set()
    for g in geometries:
        if g is not viet_nam and "arcs" in g:
            for polygon in polygons(g):
                for r in polygon:
                    shared.update(i if i >= 0 else ~i for i in r)
    # the arcs that no other country shares are coast; joined end to end
    shore, run = [], []
    for i in mainland:
        if (i if i >= 0 else ~i) in shared:
            if run:
                shore.append(run)
            run = []
        else:
            run.append(i)
    if run:
        if shore and mainland[0] == shore[0][0]:
            shore[0] = run + shore[0]
        else:
            shore.append(run)

    geodata = os.path.join(root, "assets", "geodata")
    os.makedirs(geodata, exist_ok=True)
    box = {"west": 99.0, "south": 3.0, "east": 126.0, "north": 26.0}
    write(os.path.join(geodata, "coast.json"), compact({
        "source": "Natural Earth 1:10m land (npm world-atlas 2.0.2), public domain",
        "bounds": box,
        "polygons": near,
        "viet_nam": [rounded(ring(arcs, mainland))],
        "viet_nam_coast": [rounded(ring(arcs, s)) for s in shore],
    }) + "\n")
    write(os.path.join(root, "scripts", "plates", "coast-north.json"), compact({
        "source": "Natural Earth 1:10m land (npm world-atlas 2.0.2), public domain, simplified to 0.012 degrees",
        "bounds": {"west": 98.0, "south": 17.0, "east": 138.0, "north": 46.0},
        "polygons": north,
    }) + "\n")

    with open(facts, encoding="utf-8") as f:
        text = f.read()
    text = text[text.index("\n## 9. Places"):text.index("\n## 10. ")]
    pattern = re.compile(r'Place\(id: "([^"]+)", vi: "([^"]+)", en: "([^"]+)", group: "([^"]+)", lat: ([\d.]+), lon: ([\d.]+), kind: (\w+)')
    places = []
    for m in pattern.finditer(text):
        id_, vi, en, group, lat, lon, kind = (unicodedata.normalize("NFC", s) for s in m.groups())
        places.append({"id": id_, "vi": vi, "en": en, "group": group, "lat": float(lat), "lon": float(lon), "kind": kind})
    assert len(places) == 48, len(places)
    write(os.path.join(geodata, "places.json"), "[\n" + ",\n".join(" " + json.dumps(p, ensure_ascii=False) for p in places) + "\n]\n")
    print(len(near), "polygons,", sum(map(len, near)), "points;", len(north), "north,", sum(map(len, north)), "points;",
          "Việt Nam", sum(len(ring(arcs, s)) for s in shore), "shore points in", len(shore), "lines;", len(places), "places")


if __name__ == "__main__":
    main()
