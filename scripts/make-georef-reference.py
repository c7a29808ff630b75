#!/usr/bin/env python3
"""Works out control-point transforms a second time, for tests/tools/georef.rs to compare with. Needs numpy.

    python3 scripts/make-georef-reference.py

Writes  tests/data/georef/reference.json

Deliberately not the way of src/pack/georef: Helmert in complex numbers, polynomials by numpy's singular values over
coordinates from 0 to 1, splines by Gauss in thousands of pixels and kilometres, leave-one-out of splines and polynomials
cross-checked with their closed formulas, Mercator by the inverse Gudermann function, distances between vectors.
Deterministic: every random number comes from a seed that is the name of its case.
"""
import json
import math
import os
import random

import numpy as np

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
OUT = os.path.join(ROOT, "tests", "data", "georef", "reference.json")

MERCATOR_RADIUS = 6378137.0
MEAN_RADIUS_KM = 6371.0088
FEWEST = {"Helmert": 2, "Polynomial1": 3, "Polynomial2": 6, "Polynomial3": 10, "ThinPlateSpline": 3}


def mercator(degrees):
    lon, lat = np.radians(degrees[:, 0]), np.radians(degrees[:, 1])
    return np.column_stack([lon, np.arctanh(np.sin(lat))]) * MERCATOR_RADIUS


def degrees(metres):
    lon, y = metres[:, 0] / MERCATOR_RADIUS, metres[:, 1] / MERCATOR_RADIUS
    return np.degrees(np.column_stack([lon, np.arcsin(np.tanh(y))]))


def kilometres(a, b):
    """By the angle between the two vectors from the earth's centre."""
    def vector(p):
        lon, lat = np.radians(p[:, 0]), np.radians(p[:, 1])
        return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
    u, v = vector(a), vector(b)
    return MEAN_RADIUS_KM * np.arctan2(np.linalg.norm(np.cross(u, v), axis=1), np.sum(u * v, axis=1))


def vandermonde(unit, degree):
    return np.column_stack([unit[:, 0] ** i * unit[:, 1] ** (d - i) for d in range(degree + 1) for i in range(d + 1)])


def fit(pixels, metres, method):
    """A function from pixels to metres; None where there are too few points."""
    if len(pixels) < FEWEST[method]:
        return None
    if method == "Helmert":
        z = pixels[:, 0] - 1j * pixels[:, 1]
        w = metres[:, 0] + 1j * metres[:, 1]
        z0, w0 = z.mean(), w.mean()
        a = np.vdot(z - z0, w - w0) / np.vdot(z - z0, z - z0)

        def stiff(p):
            moved = w0 + a * (p[:, 0] - 1j * p[:, 1] - z0)
            return np.column_stack([moved.real, moved.imag])
        return stiff
    if method == "ThinPlateSpline":
        return spline(pixels, metres)[0]
    low, high = pixels.min(axis=0), pixels.max(axis=0)
    degree = int(method[-1])
    table = vandermonde((pixels - low) / (high - low), degree)
    base = metres.mean(axis=0)
    factors, _, rank, _ = np.linalg.lstsq(table, metres - base, rcond=None)
    assert rank == table.shape[1], (method, rank)
    return lambda p: base + vandermonde((p - low) / (high - low), degree) @ factors


def kernel(a, b):
    r = np.linalg.norm(a[:, None] - b[None], axis=2)
    return np.where(r > 0, r * r * np.log(np.where(r > 0, r, 1.0)), 0.0)


def spline(pixels, metres):
    """The function, its weights and the inverse of its matrix."""
    count = len(pixels)
    unit = 1000.0  # thousands of pixels from the first point; a spline is the same in any unit
    at = lambda p: (p - pixels[0]) / unit
    plane = lambda p: np.column_stack([np.ones(len(p)), at(p)])
    matrix = np.zeros((count + 3, count + 3))
    matrix[:count, :count] = kernel(at(pixels), at(pixels))
    matrix[:count, count:] = plane(pixels)
    matrix[count:, :count] = plane(pixels).T
    right = np.zeros((count + 3, 2))
    right[:count] = (metres - metres[0]) / 1000.0
    found = np.linalg.solve(matrix, right)
    value = lambda p: metres[0] + 1000.0 * (kernel(at(p), at(pixels)) @ found[:count] + plane(p) @ found[count:])
    return value, 1000.0 * found[:count], np.linalg.inv(matrix)


def is_thin(points):
    spread = np.linalg.svd(points - points.mean(axis=0), compute_uv=False)
    return spread[1] / spread[0] < 1e-3


def left_out(pixels, places, method):
    metres = mercator(places)
    result = []
    for n in range(len(pixels)):
        rest = np.arange(len(pixels)) != n
        thin = method != "Helmert" and (is_thin(pixels[rest]) or is_thin(metres[rest]))
        transform = None if thin else fit(pixels[rest], metres[rest], method)
        result.append(None if transform is None else transform(pixels[n:n + 1])[0])
    if None not in [None if r is None else 0 for r in result]:
        check_left_out(pixels, metres, method, np.array(result))
    return [None if r is None else float(kilometres(degrees(r[None]), places[n:n + 1])[0]) for n, r in enumerate(result)]


def check_left_out(pixels, metres, method, predicted):
    """The closed formulas: Rippa's for splines, the hat matrix for polynomials."""
    off = metres - predicted
    if method == "ThinPlateSpline":
        _, weights, inverse = spline(pixels, metres)
        formula = weights / np.diag(inverse)[:len(pixels), None]
    elif method.startswith("Polynomial"):
        low, high = pixels.min(axis=0), pixels.max(axis=0)
        table = vandermonde((pixels - low) / (high - low), int(method[-1]))
        hat = table @ np.linalg.pinv(table)
        residual = metres - hat @ metres
        formula = residual / (1 - np.diag(hat))[:, None]
    else:
        return
    scale = np.abs(off).max() + 1.0
    assert np.abs(off - formula).max() < 1e-5 * scale, (method, np.abs(off - formula).max())


def upright(pixels, transform):
    """The map is nowhere turned over in the rectangle of its points."""
    low, high = pixels.min(axis=0), pixels.max(axis=0)
    net = np.array([low + (high - low) * [i / 30, j / 30] for i in range(31) for j in range(31)])
    step = (high - low).max() * 1e-5
    across = transform(net + [step, 0]) - transform(net - [step, 0])
    up = transform(net - [0, step]) - transform(net + [0, step])
    return np.all(across[:, 0] * up[:, 1] - across[:, 1] * up[:, 0] > 0)


# ---------------------------------------------------------------- the cases

def turned(pixels, angle, metres_a_pixel, middle, slant=0.0, bend=(0.0, 0.0), size=4000.0):
    """Metres of a sheet that is turned, slanted and bent."""
    centre = pixels.mean(axis=0)
    u, v = (pixels[:, 0] - centre[0]) / size, (centre[1] - pixels[:, 1]) / size
    east, north = u + slant * v + bend[0] * u * v, v + bend[1] * u * u
    c, s = math.cos(angle), math.sin(angle)
    start = mercator(np.array([middle]))[0]
    return start + size * metres_a_pixel * np.column_stack([c * east - s * north, s * east + c * north])


def scattered(rng, count, width, height, gap):
    """Whole pixels that keep a distance from one another."""
    points = []
    while len(points) < count:
        p = (rng.randint(width // 20, width * 19 // 20), rng.randint(height // 20, height * 19 // 20))
        if all(math.hypot(p[0] - q[0], p[1] - q[1]) > gap for q in points):
            points.append(p)
    return np.array(points, float)


def noisy(rng, metres, size):
    return metres + np.array([[rng.gauss(0, size), rng.gauss(0, size)] for _ in metres])


def cases():
    rng = random.Random("chart in degrees")
    pixels = scattered(rng, 12, 6400, 5660, 700)
    places = np.column_stack([100.0 + (pixels[:, 0] - 240) * 25 / 5920, 25.0 - (pixels[:, 1] - 240) * 20 / 4736])
    yield "chart in degrees", pixels, places

    rng = random.Random("turned scan")
    pixels = scattered(rng, 14, 9000, 7000, 900)
    yield "turned scan", pixels, degrees(noisy(rng, turned(pixels, 0.12, 210.0, [108.5, 14.0]), 900.0))

    rng = random.Random("stretched paper")
    pixels = scattered(rng, 15, 5200, 7000, 700)
    yield "stretched paper", pixels, degrees(noisy(rng, turned(pixels, -0.04, 330.0, [110.0, 15.5], 0.06, (0.09, -0.07)), 2500.0))

    rng = random.Random("sailing chart")
    pixels = scattered(rng, 18, 8000, 6000, 800)
    metres = turned(pixels, 0.2, 450.0, [113.0, 10.0], -0.03)
    wave = 16000.0 * np.column_stack([np.sin(pixels[:, 1] / 900), np.cos(pixels[:, 0] / 1100)])
    yield "sailing chart", pixels, degrees(metres + wave)

    rng = random.Random("across 180")
    pixels = scattered(rng, 11, 3000, 2000, 250)
    yield "across 180", pixels, degrees(noisy(rng, turned(pixels, 0.0, 900.0, [179.0, -38.0]), 1500.0))

    rng = random.Random("upside down in the north")
    pixels = scattered(rng, 10, 4000, 4000, 600)
    yield "upside down in the north", pixels, degrees(noisy(rng, turned(pixels, 3.0, 60.0, [18.0, 69.0], 0.02), 150.0))

    pixels = np.array([[120.0, 90.0], [2710.0, 160.0], [2590.0, 1880.0], [230.0, 1790.0]])
    yield "four corners", pixels, np.array([[107.6, 16.46], [112.3, 16.8], [112.2, 13.6], [107.9, 13.9]])

    yield "three points", pixels[:3], np.array([[107.6, 16.46], [112.3, 16.8], [112.2, 13.6]])


def fits(pixels, places, grid):
    metres = mercator(places)
    for method in FEWEST:
        transform = fit(pixels, metres, method)
        if transform is None:
            continue
        assert upright(pixels, transform), method
        residual = kilometres(degrees(transform(pixels)), places)
        yield {
            "method": method,
            "residual_kilometres": [float("%.9f" % r) for r in residual],
            "cross_kilometres": [None if c is None else float("%.9f" % c) for c in left_out(pixels, places, method)],
            "grid_degrees": [[float("%.11f" % v) for v in p] for p in degrees(transform(grid))],
        }


def dump(value):
    return json.dumps(value, ensure_ascii=False)


def main():
    written = []
    for name, pixels, places in cases():
        places = np.round(places, 6)
        low, high = pixels.min(axis=0), pixels.max(axis=0)
        grid = np.array([np.round(low + (high - low) * [i / 4, j / 4]) for i in range(5) for j in range(5)])
        points = [[float(v) for v in (*p, *d)] for p, d in zip(pixels, places)]
        rows = ",\n    ".join("{%s}" % ",\n      ".join("%s: %s" % (dump(k), dump(v)) for k, v in f.items()) for f in fits(pixels, places, grid))
        written.append('  {"name": %s,\n   "points": %s,\n   "grid": %s,\n   "fits": [\n    %s]}' % (dump(name), dump(points), dump(grid.tolist()), rows))
    about = "Made by scripts/make-georef-reference.py. Points: x, y in pixels, longitude, latitude."
    with open(OUT, "w", encoding="utf-8", newline="\n") as f:
        f.write('{"about": %s,\n "cases": [\n%s\n]}\n' % (dump(about), ",\n".join(written)))
    json.load(open(OUT, encoding="utf-8"))


if __name__ == "__main__":
    main()
