#!/usr/bin/env python3
"""Renders assets/icons/svg/*.svg to assets/icons/*.png. Run it when an icon changes.

The SVG files are our own drawings and the only source (visual language, section 10):
24 grid, stroke 1.9, round ends, white. `seal.svg` alone is written by this script,
because its two characters are glyph outlines: --seal writes it anew.

Needs: pip install fonttools resvg-py pillow (never needed to build the kiosk).

  scripts/make-icons.py [--seal] [--sheet FILE.png]

The PNGs hold white in every pixel, transparent ones too (the seal: its red), so that
tinting and scaling on the graphics card leave no dark fringe.
"""

import argparse
import io
import pathlib

import resvg_py
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw

ROOT = pathlib.Path(__file__).resolve().parent.parent
ICONS = ROOT / "assets" / "icons"
SVG = ICONS / "svg"
RED, CREAM = "#B23420", "#FFF8EC"
SIZE, SEAL_SIZE = 96, 192


def write_seal():
    """Vermilion rounded square, thin cream border, the brand name's two characters stacked."""
    font = TTFont(ROOT / "assets" / "fonts" / "NotoSerifCJKtc-Haidang.otf")
    glyphs, cmap = font.getGlyphSet(), font.getBestCmap()
    paths = []
    for char, top in (("海", 8.6), ("燈", 32.4)):
        glyph = glyphs[cmap[ord(char)]]
        bounds = BoundsPen(glyphs)
        glyph.draw(bounds)
        x0, y0, x1, y1 = bounds.bounds
        width, height = 35.0, 23.0  # a little wider than tall, as seals are cut
        sx, sy = width / (x1 - x0), height / (y1 - y0)
        pen = SVGPathPen(glyphs, ntos=lambda v: f"{v:.2f}".rstrip("0").rstrip("."))
        glyph.draw(TransformPen(pen, (sx, 0, 0, -sy, 32 - width / 2 - x0 * sx, top + y1 * sy)))
        paths.append(f'  <path d="{pen.getCommands()}" fill="{CREAM}" stroke="{CREAM}" stroke-width="0.7"'
                     ' stroke-linejoin="round"/>\n')
    (SVG / "seal.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64">\n'
        f'  <rect x="1" y="1" width="62" height="62" rx="9" fill="{RED}"/>\n'
        f'  <rect x="4.6" y="4.6" width="54.8" height="54.8" rx="6" fill="none" stroke="{CREAM}" stroke-width="1.3"/>\n'
        + "".join(paths) + "</svg>\n", encoding="utf-8")


def render(path, size):
    png = bytes(resvg_py.svg_to_bytes(
        svg_string=path.read_text("utf-8"), width=size, height=size, skip_system_fonts=True))
    image = Image.open(io.BytesIO(png)).convert("RGBA")
    if path.stem == "seal":
        under = Image.new("RGBA", image.size, RED)
        under.alpha_composite(image)
        under.putalpha(image.getchannel("A"))
        return under
    white = Image.new("RGBA", image.size, "#FFFFFF")
    white.putalpha(image.getchannel("A"))
    return white


def main():
    args = argparse.ArgumentParser(description="Renders the icons (see the top of this file).")
    args.add_argument("--seal", action="store_true", help="write svg/seal.svg anew from the CJK font")
    args.add_argument("--sheet", type=pathlib.Path, help="also write a contact sheet here")
    args = args.parse_args()
    if args.seal:
        write_seal()
    done = []
    for path in sorted(SVG.glob("*.svg")):
        image = render(path, SEAL_SIZE if path.stem == "seal" else SIZE)
        image.save(ICONS / f"{path.stem}.png", optimize=True)
        done.append((path.stem, image))
    if args.sheet:
        columns, cell = 10, 130
        sheet = Image.new("RGB", (columns * cell, -(-len(done) // columns) * cell), "#0B1C2C")
        draw = ImageDraw.Draw(sheet)
        for i, (name, image) in enumerate(done):
            x, y = i % columns * cell, i // columns * cell
            small = image.resize((96, 96))
            sheet.paste(small, (x + 17, y + 8), small)
            draw.text((x + 8, y + 110), name, fill="#C6D2DA")
        sheet.save(args.sheet)
    print(f"{len(done)} icons")


if __name__ == "__main__":
    main()
