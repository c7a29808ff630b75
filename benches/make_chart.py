"""A synthetic old sea chart (parchment noise, coast strokes, rhumb lines, lettering) to measure with.

usage: make_chart.py WIDTH HEIGHT OUT.jpg      (16384 12288 is 201 megapixels, about 43 MB)
needs: pip install numpy pillow; the DejaVu fonts of Debian's fonts-dejavu-core. The same sizes give the same chart.
"""

import math
import random
import sys

import numpy as np
from PIL import Image, ImageDraw, ImageFont

WORDS = "Hoang Sa Truong Sa Cochinchine Paracels Cham Reef Bai Cat Vang Thuan Hoa Quang Nghia".split()
FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf"

Image.MAX_IMAGE_PIXELS = None


def grain(chart, cell, share, numbers):
    """Lays noise of this cell size over the chart."""
    width, height = chart.size
    dots = numbers.integers(0, 255, (height // cell + 1, width // cell + 1), dtype=np.uint8)
    noise = Image.fromarray(dots).resize((width, height), Image.BICUBIC)
    return Image.blend(chart, Image.merge("RGB", (noise, noise, noise)), share)


def rhumb_lines(draw, width, height):
    x, y = width * 0.62, height * 0.5
    for k in range(32):
        angle = k * math.pi / 16
        far = (x + math.cos(angle) * width * 2, y + math.sin(angle) * width * 2)
        draw.line((x, y, *far), fill=(120, 90, 60), width=2)


def coast(draw, x, y, steps, step):
    angle, points = 1.3, []
    for _ in range(steps):
        angle = max(0.6, min(2.4, angle + random.uniform(-0.5, 0.5)))
        x, y = x + math.cos(angle) * step, y + math.sin(angle) * step
        points.append((x, y))
    draw.line(points, fill=(60, 40, 25), width=5)
    for x, y in points[::3]:
        draw.line((x, y, x + 30, y), fill=(90, 70, 50), width=2)


def lettering(draw, width, height):
    fonts = [ImageFont.truetype(FONT, size) for size in (14, 18, 24, 36, 72)]
    for _ in range(width * height // 60000):
        at = (random.randrange(width), random.randrange(height))
        draw.text(at, random.choice(WORDS), font=random.choice(fonts), fill=(50, 30, 20))


def main():
    width, height, out = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    numbers = np.random.default_rng(7)
    random.seed(7)
    chart = Image.new("RGB", (width, height), (231, 214, 176))
    chart = grain(chart, 64, 0.08, numbers)
    chart = grain(chart, 3, 0.10, numbers)
    draw = ImageDraw.Draw(chart)
    rhumb_lines(draw, width, height)
    for j in range(12):
        coast(draw, width * 0.2 + j * width * 0.03, 0, height // 6, 12)
    lettering(draw, width, height)
    chart.save(out, quality=92)


if __name__ == "__main__":
    main()
