#!/usr/bin/env python3
"""Makes assets/fonts/. Run it only when the fonts change; its results are committed.

What it needs (none of it is needed to build the kiosk):
  pip install fonttools
  npm install @expo-google-fonts/be-vietnam-pro@0.4.1 @expo-google-fonts/source-serif-4@0.4.1
      (in any scratch folder; whole TTF files, so nothing has to be merged)
  Debian package fonts-noto-cjk

  scripts/make-fonts.py --modules SCRATCH/node_modules [--text FILE ...]

What it does:
  Be Vietnam Pro    kept whole; adds the glyphs the family lacks and the exhibit
                    needs (prime, double prime, four arrows) and a `tnum` feature.
  Source Serif 4    copied byte for byte (its name table reserves the name "Source",
                    so a changed file could not keep it).
  Noto Serif CJK TC a subset of face 3 of NotoSerifCJK-Regular.ttc: the
                    characters of Big5 level 1 (common in Taiwan) that are also in
                    KS X 1001 (the classical stock), every Han character found in
                    the --text files, and CJK punctuation. All of Big5 level 1
                    would take 4 MB.
Then it reads the results back and fails if a letter or a name is wrong.
"""

import argparse
import math
import pathlib
import shutil
import sys
import unicodedata

from fontTools import subset
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont
from fontTools.ttLib.tables import otTables

ROOT = pathlib.Path(__file__).resolve().parent.parent
OUT = ROOT / "assets" / "fonts"
CJK = pathlib.Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")

# our file: (path in the package, family, sub-family, weight, italic)
BE = "@expo-google-fonts/be-vietnam-pro"
SERIF = "@expo-google-fonts/source-serif-4"
BE_FILES = {
    "BeVietnamPro-Regular.ttf": ("400Regular/BeVietnamPro_400Regular.ttf", "Regular", 400, False),
    "BeVietnamPro-Medium.ttf": ("500Medium/BeVietnamPro_500Medium.ttf", "Medium", 500, False),
    "BeVietnamPro-SemiBold.ttf": ("600SemiBold/BeVietnamPro_600SemiBold.ttf", "SemiBold", 600, False),
    "BeVietnamPro-Italic.ttf": ("400Regular_Italic/BeVietnamPro_400Regular_Italic.ttf", "Italic", 400, True),
}
SERIF_FILES = {
    "SourceSerif4-Medium.ttf": ("500Medium/SourceSerif4_500Medium.ttf", "Medium", 500, False),
    "SourceSerif4-SemiBold.ttf": ("600SemiBold/SourceSerif4_600SemiBold.ttf", "SemiBold", 600, False),
    "SourceSerif4-Italic.ttf": ("400Regular_Italic/SourceSerif4_400Regular_Italic.ttf", "Italic", 400, True),
    "SourceSerif4-SemiBoldItalic.ttf": (
        "600SemiBold_Italic/SourceSerif4_600SemiBold_Italic.ttf", "SemiBold Italic", 600, True),
}
CJK_FILE = "NotoSerifCJKtc-Haidang.otf"

MARKS = "“”‘’–—…°′″·×→←↑↓−≈±½«»‹›•₫"


def vietnamese_letters():
    tones = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
    lower = [unicodedata.normalize("NFC", v + t) for v in "aăâeêioôơuưy" for t in tones] + ["đ"]
    return lower + [c.upper() for c in lower]


# ------------------------------------------------------------ Be Vietnam Pro


def stem_of(font):
    """Width of the bar of the en dash: the family's horizontal stroke."""
    glyph = font["glyf"][font.getBestCmap()[0x2013]]
    return glyph.yMax - glyph.yMin


def put(font, name, code, contours, advance):
    pen = TTGlyphPen(None)
    for contour in contours:
        area = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(contour, contour[1:] + contour[:1]))
        if area > 0:  # TrueType outer contours run clockwise
            contour = contour[::-1]
        points = [(round(x), round(y)) for x, y in contour]
        pen.moveTo(points[0])
        for point in points[1:]:
            pen.lineTo(point)
        pen.closePath()
    glyph = pen.glyph()
    order = font.getGlyphOrder()
    font.setGlyphOrder(order + [name])
    font["glyf"].glyphs[name] = glyph
    font["glyf"].glyphOrder = font.getGlyphOrder()
    glyph.recalcBounds(font["glyf"])
    font["hmtx"].metrics[name] = (round(advance), glyph.xMin)
    if code is not None:
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[code] = name


def arrow(length, head, stroke):
    """A right arrow from (0, 0) to (length, 0): a bar and an open head, one contour."""
    h = stroke / 2
    d = stroke / math.sqrt(2)  # the head's arms run at 45 degrees
    tip = length
    return [
        (0, h), (tip - h - d * 0.9, h), (tip - head - d / 2, head - d / 2 + h),
        (tip - head + d / 2, head + d / 2 + h), (tip, h * 1.05), (tip, -h * 1.05),
        (tip - head + d / 2, -head - d / 2 - h), (tip - head - d / 2, -head + d / 2 - h),
        (tip - h - d * 0.9, -h), (0, -h),
    ]


def be_vietnam(source, target):
    font = TTFont(source, recalcTimestamp=False)
    cmap = font.getBestCmap()
    stroke = stem_of(font)
    slant = math.tan(math.radians(-font["post"].italicAngle))
    cap = font["OS/2"].sCapHeight or 700

    # primes: a tapered stroke leaning to the right, at the height of the quote marks
    low, lean, wide = cap - 245, 62, stroke * 1.25
    one = [(0, low), (stroke * 0.62, low), (lean + wide, cap), (lean, cap)]
    shift = lambda c, dx: [(x + dx + slant * (y - low), y) for x, y in c]
    width = lean + wide
    put(font, "minute", 0x2032, [shift(one, 50)], width + 100)
    gap = wide + 55
    put(font, "second", 0x2033, [shift(one, 50), shift(one, 50 + gap)], width + gap + 100)

    middle, length, head = cap / 2 - 12, 620, 205
    right = arrow(length, head, stroke)
    left = [(length - x, y) for x, y in right]
    up = [(y, x) for x, y in right]
    down = [(y, length - x) for x, y in right]
    for name, code, shape in (("arrowright", 0x2192, right), ("arrowleft", 0x2190, left)):
        put(font, name, code, [[(x + 60, y + middle) for x, y in shape]], length + 120)
    for name, code, shape in (("arrowup", 0x2191, up), ("arrowdown", 0x2193, down)):
        put(font, name, code, [[(x + 300, y + cap / 2 - length / 2) for x, y in shape]], 600)

    tabular_figures(font, [cmap[c] for c in range(0x30, 0x3A)])
    font["name"].setName(
        font["name"].getDebugName(5) + "; Hai Dang: primes, arrows, tnum", 5, 3, 1, 0x409)
    font.save(target)


def tabular_figures(font, digits):
    """Adds <digit>.tnum of one width and the feature that swaps them in."""
    glyf, hmtx = font["glyf"], font["hmtx"]
    width = sorted(hmtx[d][0] for d in digits)[-2]  # the second widest: all fit
    swap = {}
    for digit in digits:
        advance, left = hmtx[digit]
        name = digit + ".tnum"
        pen = TTGlyphPen(glyf)
        pen.addComponent(digit, (1, 0, 0, 1, (width - advance) // 2, 0))
        font.setGlyphOrder(font.getGlyphOrder() + [name])
        glyf.glyphs[name] = pen.glyph()
        glyf.glyphOrder = font.getGlyphOrder()
        hmtx.metrics[name] = (width, left + (width - advance) // 2)
        swap[digit] = name

    gsub = font["GSUB"].table
    single = otTables.SingleSubst()
    single.mapping = swap
    lookup = otTables.Lookup()
    lookup.LookupType, lookup.LookupFlag = 1, 0
    lookup.SubTable, lookup.SubTableCount = [single], 1
    gsub.LookupList.Lookup.append(lookup)
    gsub.LookupList.LookupCount = len(gsub.LookupList.Lookup)
    record = otTables.FeatureRecord()
    record.FeatureTag = "tnum"
    record.Feature = otTables.Feature()
    record.Feature.FeatureParams = None
    record.Feature.LookupListIndex = [gsub.LookupList.LookupCount - 1]
    record.Feature.LookupCount = 1
    # feature records are sorted by tag: insert, then renumber what languages refer to
    records = gsub.FeatureList.FeatureRecord
    place = next((i for i, r in enumerate(records) if r.FeatureTag > "tnum"), len(records))
    records.insert(place, record)
    gsub.FeatureList.FeatureCount = len(records)
    for script in gsub.ScriptList.ScriptRecord:
        systems = [script.Script.DefaultLangSys] + [l.LangSys for l in script.Script.LangSysRecord]
        for system in filter(None, systems):
            moved = [i + 1 if i >= place else i for i in system.FeatureIndex]
            system.FeatureIndex = sorted(moved + [place])
            system.FeatureCount = len(system.FeatureIndex)
            if system.ReqFeatureIndex != 0xFFFF and system.ReqFeatureIndex >= place:
                system.ReqFeatureIndex += 1


# -------------------------------------------------------- Noto Serif CJK TC


def is_han(char):
    code = ord(char)
    return 0x3400 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or 0x20000 <= code <= 0x3FFFF


def han_wanted(files):
    wanted = set("海燈")
    for lead in range(0xA4, 0xC7):
        for trail in list(range(0x40, 0x7F)) + list(range(0xA1, 0xFF)):
            if (lead, trail) <= (0xC6, 0x7E):
                try:
                    char = bytes((lead, trail)).decode("big5")
                    char.encode("euc_kr")
                    wanted.add(char)
                except UnicodeError:
                    pass
    found = set()
    for file in files:
        found |= {c for c in pathlib.Path(file).read_text("utf-8") if is_han(c)}
    return wanted | found, found


def cjk(target, text_files):
    han, found = han_wanted(text_files)
    punctuation = set("\u3000、。〃々〇〈〉《》「」『』【】〔〕・！（），．：；？～□○●　一")
    font = TTCollection(str(CJK)).fonts[3]
    have = font.getBestCmap()
    options = subset.Options()
    options.layout_features = ["vert", "vrt2", "locl", "ccmp"]
    options.hinting = False
    options.desubroutinize = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
    options.notdef_outline = True
    options.drop_tables += ["VORG", "BASE"]
    worker = subset.Subsetter(options)
    worker.populate(unicodes=[ord(c) for c in han | punctuation] + list(range(0x20, 0x7F)))
    worker.subset(font)
    font.flavor = None
    font.recalcTimestamp = False
    font.save(target)
    return [c for c in sorted(found | set("海燈")) if ord(c) not in have], len(han)


# -------------------------------------------------------------------- check


def check(name, family, style, weight, italic, source=None):
    font = TTFont(OUT / name)
    wrong = []
    names, os2, head = font["name"], font["OS/2"], font["head"]

    def expect(what, is_, should):
        if is_ != should:
            wrong.append(f"{what} is {is_!r}, should be {should!r}")

    expect("family (16 or 1)", names.getDebugName(16) or names.getDebugName(1), family)
    expect("style (17 or 2)", names.getDebugName(17) or names.getDebugName(2), style)
    expect("usWeightClass", os2.usWeightClass, weight)
    expect("fsSelection italic", bool(os2.fsSelection & 1), italic)
    expect("macStyle italic", bool(head.macStyle & 2), italic)
    expect("fsSelection bold", bool(os2.fsSelection & 32), False)
    expect("regular bit", bool(os2.fsSelection & 64), names.getDebugName(2) == "Regular")
    if source:
        whole = TTFont(source)
        for table, fields in (("hhea", ("ascent", "descent", "lineGap")),
                              ("OS/2", ("sTypoAscender", "sTypoDescender", "usWinAscent", "usWinDescent")),
                              ("head", ("unitsPerEm",))):
            for field in fields:
                expect(field, getattr(font[table], field), getattr(whole[table], field))
        cmap = font.getBestCmap()
        missing = [c for c in vietnamese_letters() + list(MARKS) if ord(c) not in cmap]
        expect("missing characters", missing, [])
    features = {t: sorted({r.FeatureTag for r in font[t].table.FeatureList.FeatureRecord})
                for t in ("GSUB", "GPOS") if t in font and font[t].table.FeatureList}
    size = (OUT / name).stat().st_size
    print(f"{name}: {size / 1024:.0f} kB, {len(font.getBestCmap())} characters, "
          f"ascent {font['hhea'].ascent} descent {font['hhea'].descent} of {head.unitsPerEm}, "
          f"kern {'kern' in features.get('GPOS', [])}, tnum {'tnum' in features.get('GSUB', [])}")
    for line in wrong:
        print("  WRONG:", line)
    return not wrong


def main():
    args = argparse.ArgumentParser(description="Makes assets/fonts/ (see the top of this file).")
    args.add_argument("--modules", type=pathlib.Path, required=True, help="node_modules of the scratch folder")
    args.add_argument("--text", nargs="*", default=[], help="files whose Han characters must be covered")
    args = args.parse_args()
    OUT.mkdir(parents=True, exist_ok=True)
    good = True
    for name, (path, style, weight, italic) in BE_FILES.items():
        source = args.modules / BE / path
        be_vietnam(source, OUT / name)
        good &= check(name, "Be Vietnam Pro", style, weight, italic, source)
    for name, (path, style, weight, italic) in SERIF_FILES.items():
        source = args.modules / SERIF / path
        shutil.copyfile(source, OUT / name)
        good &= check(name, "Source Serif 4", style, weight, italic, source)
    lacking, count = cjk(OUT / CJK_FILE, args.text)
    good &= check(CJK_FILE, "Noto Serif CJK TC", "Regular", 400, False)
    print(f"Han characters asked for: {count}; asked for by the texts and not in the face: {lacking}")
    licence = (args.modules / SERIF / "LICENSE_FONT").read_text("utf-8")
    copyright_line = TTFont(OUT / CJK_FILE)["name"].getDebugName(0)
    (OUT / "OFL-NotoSerifCJK.txt").write_text(
        copyright_line + "\n" + licence[licence.index("\n"):], encoding="utf-8")
    for package, ours in ((BE, "OFL-BeVietnamPro.txt"), (SERIF, "OFL-SourceSerif4.txt")):
        shutil.copyfile(args.modules / package / "LICENSE_FONT", OUT / ours)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
