#!/usr/bin/env python3
"""Draw the document plates and three hall pictures of the sample exhibit as static SVG.

    python3 scripts/plates/make_documents.py [OUT_DIR]

OUT_DIR is exhibits/hoang-sa-truong-sa/plates by default. Python's standard library is
enough; the same run always writes the same bytes. The regions of all numbered lines
(x, y, width, height as fractions of the picture) are printed as JSON on standard output:
items/*.ron repeat them, so when a plate moves a column, copy its new region there.

Rules kept here: no invented characters, no seals, no facsimile of handwriting. Hán is set
only where the exhibit's facts give it; every other character is a soft grey block. Each
plate says on its face that it is a drawing and where the original is.
"""
import json
import math
import os
import random
import sys
import unicodedata

W, H = 2400, 3200
SERIF, SANS, CJK = "'Source Serif 4'", "Be Vietnam Pro", "Noto Serif CJK TC"
INK, INK7, INK5, SEAL = "#211A12", "#4A4032", "#675B48", "#B23420"
REGIONS = {}


def f(v):
    s = f"{v:.1f}"
    return s[:-2] if s.endswith(".0") else s


def esc(t):
    return unicodedata.normalize("NFC", t).replace("&", "&amp;").replace("<", "&lt;")


class Plate:
    """An SVG under construction. Drawing calls append to `o` in painting order."""

    def __init__(self, name, w=W, h=H):
        self.name, self.w, self.h = name, w, h
        self.o, self.defs, self.n = [], [], 0
        self.r = random.Random("haidang/" + name)
        self.regions = []

    # -- basics ---------------------------------------------------------------
    def add(self, s):
        self.o.append(s)

    def rect(self, x, y, w, h, fill, op=1.0, rx=0, extra=""):
        self.add(f'<rect x="{f(x)}" y="{f(y)}" width="{f(w)}" height="{f(h)}" fill="{fill}"'
                 + (f' rx="{f(rx)}"' if rx else "") + (f' opacity="{op:.3g}"' if op < 1 else "")
                 + (f" {extra}" if extra else "") + "/>")

    def frame(self, x, y, w, h, col, sw, op=1.0, rx=0):
        self.rect(x, y, w, h, "none", op, rx, f'stroke="{col}" stroke-width="{f(sw)}"')

    def line(self, x1, y1, x2, y2, col, sw, op=1.0):
        self.add(f'<path d="M{f(x1)} {f(y1)}L{f(x2)} {f(y2)}" stroke="{col}" stroke-width="{f(sw)}"'
                 f' stroke-linecap="round" fill="none" opacity="{op:.3g}"/>')

    def path(self, d, fill="none", col=None, sw=0, op=1.0):
        st = (f' stroke="{col}" stroke-width="{f(sw)}" stroke-linecap="round" stroke-linejoin="round"'
              if col else "")
        self.add(f'<path d="{d}" fill="{fill}"{st} opacity="{op:.3g}"/>')

    def circle(self, x, y, r, fill, op=1.0, extra=""):
        self.add(f'<circle cx="{f(x)}" cy="{f(y)}" r="{f(r)}" fill="{fill}" opacity="{op:.3g}" {extra}/>')

    def text(self, x, y, t, size, fam=SERIF, wt=400, fill=INK, anchor="start", it=False, sp=0, op=1.0):
        self.add(f'<text x="{f(x)}" y="{f(y)}" font-family="{fam}" font-size="{f(size)}" font-weight="{wt}"'
                 f' fill="{fill}"' + (f' text-anchor="{anchor}"' if anchor != "start" else "")
                 + (' font-style="italic"' if it else "") + (f' letter-spacing="{f(sp)}"' if sp else "")
                 + (f' opacity="{op:.3g}"' if op < 1 else "") + f">{esc(t)}</text>")

    def han(self, x, top, chars, size, pitch, fill=INK, op=1.0):
        """Characters one below the other, centred on x; `top` is the first cell's top."""
        for i, c in enumerate(chars):
            y = top + i * pitch + (pitch - size) / 2 + size * 0.88
            self.text(x, y, c, size, CJK, 400, fill, "middle", op=op)

    def grad(self, kind, attrs, stops):
        self.n += 1
        i = f"g{self.n}"
        st = "".join(f'<stop offset="{o}" stop-color="{c}" stop-opacity="{a}"/>' for o, c, a in stops)
        self.defs.append(f'<{kind} id="{i}" {attrs}>{st}</{kind}>')
        return f"url(#{i})"

    def region(self, x, y, w, h):
        self.regions.append([round(x / self.w, 4), round(y / self.h, 4), round(w / self.w, 4), round(h / self.h, 4)])

    def disc(self, x, y, n, r=54):
        self.circle(x, y, r, "#F9F2E2", 0.9, f'stroke="{INK7}" stroke-width="5"')
        self.text(x, y + r * 0.37, str(n), r * 1.06, SANS, 600, INK7, "middle")

    # -- paper ----------------------------------------------------------------
    def paper(self, x=0, y=0, w=None, h=None, tones=("#F1E6CB", "#EBDDBD", "#E2D0A9"), edge="#7A5A2C",
              age=1.0, fibres=120, folds=(), fib="#7A6038"):
        w, h, r = w or self.w, h or self.h, self.r
        fs = 1.0 if self.w >= 2000 else 0.5
        g = self.grad("linearGradient", 'x1="0" y1="0" x2="0.85" y2="1"',
                      [(0, tones[0], 1), (0.55, tones[1], 1), (1, tones[2], 1)])
        self.rect(x, y, w, h, g)
        glow = self.grad("radialGradient", 'cx="0.42" cy="0.36" r="0.75"',
                         [(0, "#FFFBEF", 0.5), (1, "#FFFBEF", 0)])
        self.rect(x, y, w, h, glow)
        # clouds of age, faint inside and warmer to the edges
        for _ in range(int(16 * age)):
            side = r.random() < 0.72
            cx = x + (r.choice((r.uniform(-0.05, 0.1), r.uniform(0.9, 1.05))) if side else r.uniform(0.15, 0.85)) * w
            cy = y + r.uniform(0, 1) * h
            rx, ry = r.uniform(0.07, 0.26) * w, r.uniform(0.05, 0.18) * h
            a = r.uniform(0.05, 0.15) if side else r.uniform(0.02, 0.05)
            c = self.grad("radialGradient", 'cx="0.5" cy="0.5" r="0.5"',
                          [(0, edge, round(a, 3)), (0.6, edge, round(a * 0.55, 3)), (1, edge, 0)])
            cx0, cx1 = max(x, cx - rx), min(x + w, cx + rx)
            cy0, cy1 = max(y, cy - ry), min(y + h, cy + ry)
            self.defs.append(f'<clipPath id="c{self.n}"><rect x="{f(cx0)}" y="{f(cy0)}" width="{f(cx1-cx0)}" height="{f(cy1-cy0)}"/></clipPath>')
            self.add(f'<ellipse cx="{f(cx)}" cy="{f(cy)}" rx="{f(rx)}" ry="{f(ry)}" fill="{c}" clip-path="url(#c{self.n})"/>')
        # the darker rim
        for attrs in ('x1="0" y1="0" x2="1" y2="0"', 'x1="1" y1="0" x2="0" y2="0"',
                      'x1="0" y1="0" x2="0" y2="1"', 'x1="0" y1="1" x2="0" y2="0"'):
            g = self.grad("linearGradient", attrs, [(0, edge, 0.26 * min(age, 1.2)), (0.035, edge, 0.09 * age), (0.11, edge, 0)])
            self.rect(x, y, w, h, g)
        # laid lines, hardly there
        for i in range(int(w // 75)):
            self.line(x + 40 + i * 75 + r.uniform(-3, 3), y, x + 40 + i * 75 + r.uniform(-3, 3), y + h, "#6B5430", 2, 0.035)
        # fibres and specks
        for _ in range(fibres):
            fx, fy = x + r.uniform(0.02, 0.96) * w, y + r.uniform(0.02, 0.97) * h
            a, ln = r.uniform(0, 6.28), r.uniform(26, 120) * fs
            b = a + r.uniform(-1.1, 1.1)
            ex, ey = fx + math.cos(a) * ln, fy + math.sin(a) * ln
            if not (x < ex < x + w and y < ey < y + h):
                continue
            mx, my = fx + math.cos(b) * ln * 0.6, fy + math.sin(b) * ln * 0.6
            dark = r.random() < 0.7
            self.path(f"M{f(fx)} {f(fy)}Q{f(mx)} {f(my)} {f(ex)} {f(ey)}", col=fib if dark else "#FFFDF4",
                      sw=r.uniform(1.5, 3.2) * fs, op=r.uniform(0.06, 0.2) if dark else r.uniform(0.15, 0.4))
        for _ in range(int(fibres * 0.4)):
            self.circle(x + r.uniform(0.03, 0.97) * w, y + r.uniform(0.03, 0.97) * h, r.uniform(1.5, 5.5) * fs, edge, r.uniform(0.06, 0.2))
        for kind, at in folds:
            if kind == "h":
                yy = y + at * h
                d = self.grad("linearGradient", 'x1="0" y1="0" x2="0" y2="1"', [(0, edge, 0), (1, edge, 0.13)])
                l = self.grad("linearGradient", 'x1="0" y1="0" x2="0" y2="1"', [(0, "#FFFDF4", 0.3), (1, "#FFFDF4", 0)])
                self.rect(x, yy - 46, w, 46, d)
                self.rect(x, yy, w, 40, l)
                self.line(x, yy, x + w, yy, edge, 2, 0.16)
            else:
                xx = x + at * w
                d = self.grad("linearGradient", 'x1="0" y1="0" x2="1" y2="0"', [(0, edge, 0), (1, edge, 0.13)])
                l = self.grad("linearGradient", 'x1="0" y1="0" x2="1" y2="0"', [(0, "#FFFDF4", 0.3), (1, "#FFFDF4", 0)])
                self.rect(xx - 46, y, 46, h, d)
                self.rect(xx, y, 40, h, l)
                self.line(xx, y, xx, y + h, edge, 2, 0.16)

    def shadow(self, x, y, w, h, s=1.0, col="#1A1206"):
        for i in range(10):
            e = (i * 7 - 6) * s
            self.rect(x - e + 6 * s, y - e + 22 * s, w + 2 * e, h + 2 * e, col, 0.028, max(4, 10 + e))

    # -- text stand-ins -------------------------------------------------------
    def block(self, cx, cy, s=98, op=None, col="#54452F"):
        r = self.r
        w, h = s * r.uniform(0.86, 1.02), s * r.uniform(0.84, 1.0)
        self.rect(cx - w / 2 + r.uniform(-4, 4), cy - h / 2 + r.uniform(-4, 4), w, h, col,
                  op if op else r.uniform(0.19, 0.3), s * 0.24)

    def column(self, cx, top, rows, pitch, skip=(), s=98, first=0, last=None):
        for i in range(first, rows if last is None else last):
            if i not in skip:
                self.block(cx, top + (i + 0.5) * pitch, s)

    def brushcol(self, cx, top, bottom, w=76, col="#4C3F2E"):
        """A column of running brush script as soft bars: lengths vary, no strokes are shown."""
        r, y = self.r, top
        while y < bottom - 60:
            ln = min(r.choice((96, 120, 150, 190, 240, 300)) * r.uniform(0.9, 1.1), bottom - y)
            ww = w * r.uniform(0.84, 1.05)
            self.rect(cx - ww / 2 + r.uniform(-6, 6), y, ww, ln, col, r.uniform(0.2, 0.32), ww * 0.36)
            y += ln + r.uniform(22, 40)

    def words(self, x, y, w, h=22, col=INK7, op=0.25, rx=9, unit=30, ragged=None):
        """A line of set or typed text as grey word bars."""
        r, cx, end = self.r, x, x + w * (ragged if ragged else 1)
        while cx < end - unit:
            ln = min(unit * r.choice((1.6, 2, 2.6, 3, 3, 3.6, 4.4)), end - cx)
            if end - cx - ln < unit * 2.2:
                ln = end - cx
            self.rect(cx, y, ln, h, col, op * r.uniform(0.85, 1.1), rx)
            cx += ln + unit * 0.72

    def para(self, x, y, w, n, lead=62, h=22, indent=0, **k):
        for i in range(n):
            last = i == n - 1
            self.words(x + (indent if i == 0 else 0), y + i * lead, w - (indent if i == 0 else 0), h,
                       ragged=self.r.uniform(0.45, 0.8) if last else None, **k)

    def brush(self, pts, widths, col=SEAL, op=0.86, steps=90, dry=True):
        """One neutral stroke of a brush along a smooth line; not a character."""
        def cr(p0, p1, p2, p3, t):
            return tuple(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t ** 3)
                         for a, b, c, d in zip(p0, p1, p2, p3))
        ps = [pts[0]] + pts + [pts[-1]]
        seg = len(pts) - 1
        line = []
        for k in range(steps + 1):
            u = k / steps * seg
            i = min(int(u), seg - 1)
            line.append(cr(ps[i], ps[i + 1], ps[i + 2], ps[i + 3], u - i))
        edge = [[(0.02, self.r.uniform(0.28, 0.4), self.r.uniform(0, 6.28)), (0.014, self.r.uniform(0.7, 1.0), self.r.uniform(0, 6.28))]
                for _ in (0, 1)]
        L, R, mids = [], [], []
        for k, (x, y) in enumerate(line):
            a, b = line[max(0, k - 1)], line[min(steps, k + 1)]
            dx, dy = b[0] - a[0], b[1] - a[1]
            m = math.hypot(dx, dy) or 1
            nx, ny = -dy / m, dx / m
            u = k / steps * (len(widths) - 1)
            i = min(int(u), len(widths) - 2)
            t = u - i
            t = t * t * (3 - 2 * t)
            wd = (widths[i] * (1 - t) + widths[i + 1] * t) / 2
            j1, j2 = (wd * sum(a * math.sin(k * b + c) for a, b, c in e) for e in edge)
            L.append((x + nx * (wd + j1), y + ny * (wd + j1)))
            R.append((x - nx * (wd + j2), y - ny * (wd + j2)))
            mids.append((x, y, nx, ny, wd))
        # round ends, as a full soft brush leaves them
        def cap(k, sgn):
            x, y, nx, ny, wd = mids[k]
            tx, ty = ny * sgn, -nx * sgn
            return [(x + wd * (nx * math.cos(a) * sgn + tx * math.sin(a)), y + wd * (ny * math.cos(a) * sgn + ty * math.sin(a)))
                    for a in (math.pi * i / 10 for i in range(1, 10))]
        ring = L + cap(-1, 1) + R[::-1] + cap(0, -1)
        d = "M" + "L".join(f"{f(x)} {f(y)}" for x, y in ring) + "Z"
        self.path(d, col, op=op)
        # where the ink pooled, then where the hair ran dry
        pool = mids[2:int(steps * 0.34)]
        self.path("M" + "L".join(f"{f(x)} {f(y)}" for x, y, *_ in pool), col="#8C2616", sw=max(widths) * 0.5, op=0.08)
        if dry:
            for _ in range(9):
                s0 = self.r.uniform(0.55, 0.86)
                s1 = min(0.985, s0 + self.r.uniform(0.08, 0.24))
                off = self.r.uniform(-0.8, 0.8)
                q = mids[int(s0 * steps):int(s1 * steps)]
                if len(q) > 2:
                    self.path("M" + "L".join(f"{f(x + nx * wd * off)} {f(y + ny * wd * off)}" for x, y, nx, ny, wd in q),
                              col="#F1E4C6", sw=max(widths) * self.r.uniform(0.015, 0.045), op=self.r.uniform(0.18, 0.42))

    def vermilion(self, x, y, s):
        """The two neutral strokes that stand for an emperor's note. They are no character."""
        P = lambda pts: [(x + a * s, y + b * s) for a, b in pts]
        self.brush(P([(34, 0), (4, 12), (-12, 44), (10, 76), (22, 104), (8, 140), (-18, 166)]), [v * s for v in (22, 27, 27, 24, 27, 25, 13)])
        self.brush(P([(30, 204), (16, 232), (-8, 262), (-44, 290), (-66, 318)]), [v * s for v in (21, 28, 27, 22, 9)])

    # -- the words every plate carries -----------------------------------------
    def imprint(self, holding, short, y=2742, x=230, x2=2170, col=INK7):
        self.line(x, y, x2, y, col, 3, 0.55)
        self.text(x, y + 104, "Trang mô phỏng", 88, SERIF, 600, INK)
        self.text(x2, y + 100, short, 54, SERIF, 500, col, "end", it=True)
        self.text(x, y + 178, "Hình vẽ minh họa cho gói mẫu, không phải bản gốc", 47, SANS, 500, col)
        self.text(x, y + 238, "Drawing made for this sample, not the original", 44, SANS, 400, INK5, it=True)
        for i, t in enumerate([l for part in ("Bản gốc: " + holding).split("\n") for l in wrap(part, int((x2 - x) / 22.6))]):
            self.text(x, y + 310 + i * 58, t, 44, SANS, 400, col)

    def svg(self):
        return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.w}" height="{self.h}" viewBox="0 0 {self.w} {self.h}">'
                f"<defs>{''.join(self.defs)}</defs>\n" + "\n".join(self.o) + "\n</svg>\n")


def wrap(t, n):
    out, cur = [], ""
    for w in t.split(" "):
        if len(cur) + len(w) + 1 > n and cur:
            out.append(cur)
            cur = w
        else:
            cur = (cur + " " + w).strip()
    return out + [cur]


OUT = None


def save(p):
    with open(os.path.join(OUT, p.name + ".svg"), "w", encoding="utf-8", newline="\n") as fh:
        fh.write(p.svg())
    if p.regions:
        REGIONS[p.name] = p.regions


# == Hán books ====================================================================
def ruled(p, x, y, w, h, col="#4A2F17"):
    p.frame(x - 30, y - 30, w + 60, h + 60, col, 13, 0.9)
    p.frame(x - 8, y - 8, w + 16, h + 16, col, 4, 0.85)


def worn(p, x, y, w, h):
    """Small gaps in the printed frame, as from an old block."""
    r = p.r
    for _ in range(90):
        e = r.random()
        if e < 0.5:
            px, py = x + r.uniform(-30, w + 30), r.choice((y - 30, y + h + 30)) + r.uniform(-7, 7)
        else:
            px, py = r.choice((x - 30, x + w + 30)) + r.uniform(-7, 7), y + r.uniform(-30, h + 30)
        p.add(f'<ellipse cx="{f(px)}" cy="{f(py)}" rx="{f(r.uniform(2, 9))}" ry="{f(r.uniform(2, 6))}" fill="#EBDDBD" opacity="{r.uniform(.35, .85):.2f}"/>')


def fishtail(p, x, w, y, up=False, col="#4A2F17"):
    s = -1 if up else 1
    p.path(f"M{f(x+6)} {f(y)}H{f(x+w-6)}V{f(y+s*130)}L{f(x+w/2)} {f(y+s*62)}L{f(x+6)} {f(y+s*130)}Z", col, op=0.86)
    p.path(f"M{f(x+6)} {f(y+s*152)}L{f(x+w/2)} {f(y+s*84)}L{f(x+w-6)} {f(y+s*152)}", col=col, sw=4, op=0.7)


def centre_strip(p, x, w, y, h, title):
    """The folded middle of a printed leaf: black mouth, two fish-tails, running title."""
    for xx in (x, x + w):
        p.line(xx, y, xx, y + h, "#4A2F17", 5, 0.8)
    g = p.grad("linearGradient", 'x1="0" y1="0" x2="1" y2="0"',
               [(0, "#7A5A2C", 0), (0.48, "#7A5A2C", 0.2), (0.5, "#FFFDF4", 0.35), (1, "#FFFDF4", 0)])
    p.rect(x, y, w, h, g)
    p.rect(x + w / 2 - 9, y, 18, 250, "#4A2F17", 0.8)
    p.rect(x + w / 2 - 9, y + h - 250, 18, 250, "#4A2F17", 0.8)
    fishtail(p, x, w, y + 300)
    fishtail(p, x, w, y + h - 300, up=True)
    p.han(x + w / 2, y + 520, title, min(96, w * 0.62), 118)
    p.column(x + w / 2, y + 520 + 118 * (len(title) + 1), 3, 100, s=54)


def hanpage(name, cols, holding, short, fish=None, tones=None, indent=1, folds=(), rows=14, fibres=130):
    """cols: right to left, each (line number or None, key term or '', row of the key term, rows used)."""
    p = Plate(name)
    p.paper(tones=tones or ("#F2E6C8", "#ECDDB9", "#E0CB9F"), folds=folds, fibres=fibres)
    x, y, w, h = 262, 352, 1876, 2272
    sw = 172 if fish else 0
    cw = (w - sw) / len(cols)
    pitch = (h - 32) / rows
    ruled(p, x, y, w, h)
    if fish:
        worn(p, x, y, w, h)
        centre_strip(p, x, sw, y, h, fish)
    for i, (num, key, at, used) in enumerate(cols):
        cx0 = x + w - (i + 1) * cw
        if i < len(cols) - 1:
            p.line(cx0, y, cx0, y + h, "#5C4022", 3, 0.62)
        first = at if num == 1 else (0 if i % 3 else indent)
        if num == 1:
            p.han(cx0 + cw / 2, y + 16 + at * pitch, key, min(cw * 0.72, pitch * 0.98), pitch)
            p.column(cx0 + cw / 2, y + 16, rows, pitch, s=78, first=rows - 4, last=rows - 1)
        else:
            skip = set(range(at, at + len(key)))
            if key:
                p.han(cx0 + cw / 2, y + 16 + at * pitch, key, min(cw * 0.66, pitch * 0.94), pitch)
            p.column(cx0 + cw / 2, y + 16, rows, pitch, skip, first=first, last=used)
        if num:
            p.disc(cx0 + cw / 2, 218, num)
            p.line(cx0 + cw / 2, 276, cx0 + cw / 2, 310, INK7, 4, 0.6)
            p.region(cx0, y, cw, h)
    p.imprint(holding, short)
    save(p)


def leaf(name, title, groups, holding, short, rest=0):
    """A whole printed leaf, fish-tail centre in the middle; groups of columns carry tags.
    groups: right to left, each (columns, tag, key, row)."""
    p = Plate(name)
    p.paper(tones=("#F1E3C6", "#E9D8B4", "#DCC69A"), folds=(), fibres=130)
    x, y, w, h, sw, rows = 196, 392, 2008, 2232, 200, 14
    cw, pitch = (w - sw) / 8, (h - 32) / rows
    ruled(p, x, y, w, h)
    worn(p, x, y, w, h)
    centre_strip(p, x + (w - sw) / 2, sw, y, h, title)
    left = [x + w - (i + 1) * cw - (sw if i >= 4 else 0) for i in range(8)]
    for i in range(8):
        if i not in (3, 7):
            p.line(left[i], y, left[i], y + h, "#5C4022", 3, 0.6)
    i = 0
    for n, (k, tag, key, at) in enumerate(groups, 1):
        x0, x1 = left[i + k - 1], left[i] + cw
        p.disc((x0 + x1) / 2, 190, n)
        if tag:
            p.text((x0 + x1) / 2, 320, tag, 50, SERIF, 600, INK7, "middle")
            p.path(f"M{f(x0+26)} 356V340H{f(x1-26)}V356", col=INK7, sw=4, op=0.55)
        p.region(x0, y, x1 - x0, h)
        for j in range(k):
            cx = left[i + j] + cw / 2
            if n == 1:
                p.han(cx, y + 16 + at * pitch, key, 142, pitch)
                p.column(cx, y + 16, rows, pitch, s=74, first=rows - 5, last=rows - 2)
                continue
            has = key and j == 0
            if has:
                p.han(cx, y + 16 + at * pitch, key, 138, pitch)
            p.column(cx, y + 16, rows, pitch, set(range(at, at + len(key))) if has else (), s=90,
                     first=1 if j == 0 else 0, last=rows if j < k - 1 else p.r.randint(8, 12))
        i += k
    for j in range(i, 8):
        p.column(left[j] + cw / 2, y + 16, rows, pitch, s=90, first=1 if j == i else 0, last=rows if j < 7 else 9)
    p.imprint(holding, short, x=168, x2=2232)
    save(p)


def icon_person(p, x, y, s, col=INK7, op=0.9):
    p.circle(x, y - s * 0.62, s * 0.2, col, op)
    p.path(f"M{f(x-s*.3)} {f(y+s*.5)}V{f(y-s*.02)}Q{f(x-s*.3)} {f(y-s*.34)} {f(x)} {f(y-s*.34)}Q{f(x+s*.3)} {f(y-s*.34)} {f(x+s*.3)} {f(y-s*.02)}V{f(y+s*.5)}Z", col, op=op)


def icon_boat(p, x, y, s, col="#3A2C1B", sw=7):
    """A generic small sailing boat: hull, mast, one sail. No claim to exact form."""
    X = lambda v: f(x + v * s)
    Y = lambda v: f(y + v * s)
    p.path(f"M{X(-.96)} {Y(.28)}Q{X(-.5)} {Y(.46)} {X(0)} {Y(.46)}Q{X(.56)} {Y(.46)} {X(1)} {Y(.2)}Q{X(.86)} {Y(.66)} {X(.5)} {Y(.76)}H{X(-.5)}Q{X(-.84)} {Y(.66)} {X(-.96)} {Y(.28)}Z", "#E9D9B2", col, sw)
    p.path(f"M{X(-.72)} {Y(.58)}Q{X(0)} {Y(.66)} {X(.76)} {Y(.52)}", col=col, sw=sw * .6, op=.7)
    p.path(f"M{X(-.02)} {Y(.46)}L{X(.04)} {Y(-.98)}", col=col, sw=sw)
    p.path(f"M{X(.04)} {Y(-.9)}Q{X(-.62)} {Y(-.52)} {X(-.66)} {Y(.2)}Q{X(-.3)} {Y(.32)} {X(0)} {Y(.28)}Z", "#F7EED7", col, sw)
    p.path(f"M{X(.04)} {Y(-.72)}Q{X(.54)} {Y(-.36)} {X(.6)} {Y(.16)}Q{X(.3)} {Y(.28)} {X(.06)} {Y(.26)}Z", "#F2E3BE", col, sw)
    p.path(f"M{X(-.2)} {Y(-.62)}Q{X(-.3)} {Y(-.2)} {X(-.28)} {Y(.28)}M{X(.28)} {Y(-.5)}Q{X(.36)} {Y(-.16)} {X(.34)} {Y(.2)}", col=col, sw=sw * .5, op=.6)


def waves(p, x, y, w, n=2, col="#3E6F88", op=0.55, step=60, amp=13):
    for k in range(n):
        d = f"M{f(x)} {f(y + k * 34)}"
        for i in range(int(w / step)):
            d += f"q{f(step/2)} {f(-amp if i % 2 else amp)} {f(step)} 0"
        p.path(d, col=col, sw=5, op=op * (1 - 0.35 * k))


def phu_bien():
    hold = "Bản viết tay của tác giả không còn; các bản chép thời Nguyễn; bản dịch in năm 1972 (Lê Xuân Giáo) và 1977 (NXB Khoa học xã hội)"
    hanpage("doc-phu-bien-tap-luc", [
        (1, "撫邊雜錄", 2, 0), (2, "", 0, 14), (3, "黃沙", 6, 14), (4, "", 0, 9), (5, "", 0, 14), (6, "", 0, 11),
        (7, "", 0, 14), (None, "", 0, 6)], hold, "Phủ biên tạp lục · quyển 2", folds=(("h", 0.46),))
    p = Plate("doc-phu-bien-tap-luc-2")
    p.paper(tones=("#F2E6C8", "#ECDDB9", "#E0CB9F"), folds=(("h", 0.46),))
    p.text(230, 268, "Sách chép về đội Hoàng Sa", 108, SERIF, 600)
    p.text(230, 350, "What the book records of the Hoàng Sa squad", 58, SERIF, 400, INK5, it=True)
    p.line(230, 410, 2170, 410, INK7, 3, 0.55)
    bands = [("70", "suất", "men"), ("5", "thuyền câu nhỏ", "small fishing boats"),
             ("3", "ngày ba đêm", "days and nights"), ("6", "tháng lương thực", "months of provisions")]
    for n, (num, vi, en) in enumerate(bands, 1):
        h = 568
        y = 424 + (n - 1) * h
        if n > 1:
            p.line(230, y, 2170, y, "#8A6E41", 3, 0.4)
        p.disc(284, y + 150, n)
        p.text(384, y + 336, num, 290, SERIF, 600, INK)
        p.text(384, y + 430, vi, 58, SANS, 600, INK7)
        p.text(384, y + 496, en, 46, SANS, 400, INK5, it=True)
        p.region(190, y + 8, 2020, h - 16)
        cy = y + h / 2 + 20
        if n == 1:
            for i in range(70):
                icon_person(p, 1000 + (i % 14) * 86, y + 108 + (i // 14) * 100, 62)
        elif n == 2:
            for i in range(5):
                icon_boat(p, 1060 + i * 250, cy - 30 - (24 if i % 2 else 0), 106)
            waves(p, 950, cy + 92, 1200)
        elif n == 3:
            for i in range(3):
                cx = 1110 + i * 390
                p.circle(cx, cy, 84, "#E9C46F", 0.95, f'stroke="{INK7}" stroke-width="6"')
                for k in range(12):
                    a = k * math.pi / 6
                    p.line(cx + math.cos(a) * 106, cy + math.sin(a) * 106, cx + math.cos(a) * 132, cy + math.sin(a) * 132, INK7, 6, 0.8)
                mx = cx + 206
                p.path(f"M{f(mx+22)} {f(cy-84)}A86 86 0 1 0 {f(mx+62)} {f(cy+54)}A72 72 0 1 1 {f(mx+22)} {f(cy-84)}Z", "#2C536F", INK7, 6, 0.92)
        else:
            for i in range(6):
                cx, b = 1050 + i * 204, cy + 110
                p.path(f"M{f(cx-66)} {f(b)}Q{f(cx-104)} {f(b-100)} {f(cx-34)} {f(b-186)}L{f(cx-52)} {f(b-232)}Q{f(cx)} {f(b-250)} {f(cx+52)} {f(b-232)}L{f(cx+34)} {f(b-186)}Q{f(cx+104)} {f(b-100)} {f(cx+66)} {f(b)}Z", "#E9D9B2", "#3A2C1B", 7)
                p.path(f"M{f(cx-38)} {f(b-186)}Q{f(cx)} {f(b-172)} {f(cx+38)} {f(b-186)}", col="#8A5A2B", sw=12)
    p.imprint(hold, "Phủ biên tạp lục · quyển 2")
    save(p)


# == papers of the Nguyễn court ====================================================
def mount(p, tones=("#8E8468", "#857A5E", "#776C51")):
    g = p.grad("linearGradient", 'x1="0" y1="0" x2="0.6" y2="1"', [(0, tones[0], 1), (0.6, tones[1], 1), (1, tones[2], 1)])
    p.rect(0, 0, p.w, p.h, g)


SHEET = ("#F6ECD4", "#F0E3C4", "#E6D5AE")


def chau_ban_1830():
    p = Plate("doc-chau-ban-1830")
    p.paper(tones=SHEET, folds=(("v", 0.335), ("v", 0.667)), fibres=170, age=1.1)
    n, x0, cw = 8, 262, 234
    tops = [430, 560, 430, 430, 560, 430, 430, 640]
    ends = [2330, 2580, 2580, 1900, 2580, 2580, 2200, 2420]
    lines = {0: 1, 1: 2, 2: 3, 3: 4, 4: 5, 5: 6, 7: 7}
    for i in range(n):
        cx = x0 + cw * (n - 1 - i) + cw / 2
        p.brushcol(cx, tops[i], ends[i])
    p.vermilion(985, 690, 3.5)
    for i in range(n):
        if i in lines:
            x = x0 + cw * (n - 1 - i)
            p.disc(x + cw / 2, 228, lines[i])
            p.line(x + cw / 2, 286, x + cw / 2, 326, INK7, 4, 0.6)
            p.region(x + 8, 352, cw - 16, 2272)
    p.imprint("Trung tâm Lưu trữ Quốc gia I, Minh Mạng quyển 43, tờ 58–61.\nNét son chỉ để minh họa.", "Châu bản, 1830")
    save(p)


def chau_ban():
    p = Plate("doc-chau-ban")
    mount(p, ("#6F705F", "#656655", "#585949"))
    r = p.r
    for k, (dx, dy, rot) in enumerate(((46, -34, 1.7), (-34, -16, -1.4), (24, 6, 0.7))):
        p.add(f'<g transform="rotate({rot} 1200 1400)">')
        p.shadow(196 + dx, 140 + dy, 2000, 2010, 0.7)
        g = p.grad("linearGradient", 'x1="0" y1="0" x2="1" y2="1"', [(0, ("#E3D3AE", "#EADCBB", "#EFE2C5")[k], 1), (1, ("#CDB98C", "#D6C499", "#DDCCA5")[k], 1)])
        p.rect(196 + dx, 140 + dy, 2000, 2010, g)
        p.add("</g>")
    X, Y, SW, SH = 196, 150, 2008, 2010
    p.shadow(X, Y, SW, SH, 1.0)
    p.paper(X, Y, SW, SH, tones=SHEET, fibres=150, folds=(("v", 0.5),))
    # title slip with the verified spelling
    tx, tw = 1876, 250
    p.rect(tx, 290, tw, 720, "#FBF4E2", 0.95, 6)
    p.frame(tx + 16, 306, tw - 32, 688, "#6B4A25", 5, 0.8)
    p.han(tx + tw / 2, 420, "硃本", 168, 240)
    p.disc(tx + tw / 2, 222, 1, 50)
    p.region(tx, 290, tw, 720)
    for i in range(6):
        cx = 1700 - i * 250
        p.brushcol(cx, (330, 470, 330, 330, 470, 330)[i], (2010, 2030, 1560, 2030, 2030, 1240)[i], 80)
    p.vermilion(1075, 470, 4.2)
    p.disc(1330, 500, 2, 50)
    p.region(740, 410, 660, 1500)
    # three index slips for what the archives and UNESCO report
    slips = [(3, "2014 · 2017", "UNESCO, Ký ức thế giới"), (4, "734 / 773", "tập, tùy nguồn"), (5, "18 / 19 / ~20", "văn bản liên quan")]
    for i, (num, big, small) in enumerate(slips):
        sx, sy, w, h = 196 + i * 680, 2240, 648, 330
        p.shadow(sx, sy, w, h, 0.5)
        p.rect(sx, sy, w, h, ("#F7EEDA", "#F5EAD2", "#F7EEDA")[i], 1, 10)
        p.line(sx + 36, sy + 222, sx + w - 36, sy + 222, "#C9B483", 3)
        p.disc(sx + 86, sy + 120, num, 48)
        p.text(sx + 158, sy + 148, big, 76, SERIF, 600)
        p.text(sx + 40, sy + 286, small, 48, SANS, 500, INK7)
        p.region(sx, sy, w, h)
    p.paper(0, 2660, p.w, 540, age=0.4, fibres=24)
    p.line(0, 2660, p.w, 2660, "#C9B483", 4)
    p.imprint("Trung tâm Lưu trữ Quốc gia I (Hà Nội).\nNét son chỉ để minh họa.", "Châu bản triều Nguyễn", y=2730, x=196, x2=2204)
    save(p)


def to_lenh():
    hold = "Bộ Ngoại giao (gia tộc họ Đặng, thôn Đồng Hộ, xã An Hải trao tháng 4-2009)"
    do = ("#EFDDB4", "#E7D2A3", "#D9BF89")
    p = Plate("doc-to-lenh-1834")
    mount(p, ("#2A4358", "#20384C", "#182C3D"))
    for k in range(3):
        ox, oy = 150 - k * 42, 66 + k * 24
        p.shadow(230 + ox, 60 + oy, 1900, 2520, 0.5)
        g = p.grad("linearGradient", 'x1="0" y1="0" x2="1" y2="1"', [(0, ("#D3BB86", "#DBC592", "#E2CE9E")[k], 1), (1, ("#BDA36B", "#C7AE77", "#CFB884")[k], 1)])
        p.rect(230 + ox, 60 + oy, 1900, 2520, g)
    X, Y, SW, SH = 200, 140, 1950, 2500
    p.shadow(X, Y, SW, SH, 0.8)
    p.paper(X, Y, SW, SH, tones=do, fibres=330, age=1.3, folds=(("h", 0.5), ("v", 0.5)), fib="#6A4B22")
    n, x0, cw = 7, 300, 250
    lines = {0: 1, 1: 2, 2: 3, 3: 4, 4: 5, 6: 6}
    tops = [500, 500, 500, 680, 680, 680, 900]
    ends = [2180, 2480, 2480, 1500, 1700, 2300, 2300]
    for i in range(n):
        x = x0 + cw * (n - 1 - i)
        p.brushcol(x + cw / 2, tops[i], ends[i], 84, "#3F3120")
        if i in lines:
            p.disc(x + cw / 2, 290, lines[i])
            p.line(x + cw / 2, 348, x + cw / 2, 392, INK7, 4, 0.6)
            p.region(x + 10, 410, cw - 20, 2130)
    p.paper(0, 2716, p.w, 484, age=0.4, fibres=24)
    p.imprint(hold, "Tờ lệnh năm 1834", y=2772, x=200, x2=2200)
    save(p)

    p = Plate("doc-to-lenh-1834-2")
    p.paper(tones=do, fibres=330, age=1.2, folds=(("h", 0.5),), fib="#6A4B22")
    p.text(230, 268, "Tờ lệnh giao những gì?", 108, SERIF, 600)
    p.text(230, 350, "What the order assigns", 58, SERIF, 400, INK5, it=True)
    p.line(230, 410, 2170, 410, INK7, 3, 0.55)
    p.disc(284, 540, 1)
    p.text(374, 572, "3 thuyền", 92, SERIF, 600)
    p.text(800, 572, "three boats", 58, SERIF, 400, INK5, it=True)
    for i in range(3):
        icon_boat(p, 540 + i * 660, 930 - (26 if i == 1 else 0), 262, sw=10)
    waves(p, 230, 1168, 1920, 3)
    p.region(190, 440, 2020, 860)
    p.line(230, 1330, 2170, 1330, "#8A6E41", 3, 0.4)
    p.disc(284, 1470, 2)
    p.text(374, 1502, "24 người", 92, SERIF, 600)
    p.text(800, 1502, "twenty-four men", 58, SERIF, 400, INK5, it=True)
    for i in range(24):
        icon_person(p, 330 + (i % 12) * 158, 1690 + (i // 12) * 210, 124)
    p.region(190, 1340, 2020, 700)
    p.line(230, 2070, 2170, 2070, "#8A6E41", 3, 0.4)
    p.disc(284, 2210, 3)
    p.text(374, 2242, "4 trang giấy dó", 92, SERIF, 600)
    p.text(374, 2322, "khoảng 24 × 36 cm", 58, SERIF, 400, INK7)
    p.text(374, 2400, "four pages of dó paper, about 24 × 36 cm", 52, SERIF, 400, INK5, it=True)
    for i in range(4):
        x, y = 1430 + i * 182, 2150
        p.shadow(x, y, 156, 234 * 1.6, 0.3)
        p.rect(x, y, 156, 374, "#F3E5C2", 1, 3, 'stroke="#8A6E41" stroke-width="4"')
        for j in range(4):
            yy = y + 36
            while yy < y + 320:
                ln = p.r.choice((26, 40, 60))
                p.rect(x + 24 + j * 30, yy, 15, min(ln, y + 340 - yy), "#4C3F2E", 0.3, 6)
                yy += ln + 12
    p.region(190, 2080, 2020, 560)
    p.imprint(hold, "Tờ lệnh năm 1834")
    save(p)


# == typed and printed acts =========================================================
def band(p, n, x, y, w, h, dx=104):
    p.region(x - dx - 66, y, w + dx + 96, h)
    p.disc(x - dx, y + 78, n, 50)


def nd_4702():
    p = Plate("doc-4702-cp-1933")
    p.paper(tones=("#F3EAD8", "#EBE0C9", "#DDCFB2"), folds=(("h", 0.333), ("h", 0.655)), fibres=70, age=1.1, edge="#6E5A3C")
    B = "#2A3342"
    for y in (900, 2100):
        p.circle(96, y, 40, "#7C7059", 0.55)
        p.circle(92, y - 5, 38, "#0B1C2C", 0.5)
    p.line(310, 120, 310, 2690, "#A05A48", 3, 0.35)
    x, w = 420, 1730
    k = dict(col=B, op=0.3, rx=2, unit=27)
    # head: the bulletin
    p.text(x, 300, "Bulletin administratif", 112, SERIF, 600, B)
    p.text(x, 420, "de la Cochinchine", 112, SERIF, 600, B)
    p.text(2150, 300, "N° 1", 74, SERIF, 500, B, "end")
    p.text(2150, 420, "1934", 74, SERIF, 500, B, "end")
    p.line(x, 476, 2150, 476, B, 9, 0.8)
    p.line(x, 496, 2150, 496, B, 3, 0.8)
    band(p, 1, x, 190, w, 330, 226)
    # number, date, issuer
    p.text(x, 720, "4702-CP", 168, SERIF, 600, B, sp=6)
    p.text(2150, 650, "21-12-1933", 78, SERIF, 500, B, "end")
    p.text(2150, 738, "Krautheimer", 78, SERIF, 400, B, "end", it=True)
    band(p, 2, x, 560, w, 240, 226)
    p.para(x, 866, w, 4, 66, 24, 130, **k)
    # what is attached to what
    y = 1180
    p.text(x, y + 118, "Bà Rịa", 150, SERIF, 600, B)
    p.para(x + 620, y + 30, w - 620, 2, 66, 24, **k)
    band(p, 3, x, y, w, 180, 226)
    y = 1410
    names = ["Spratly", "An Bang (Amboyna)", "Itu Aba", "Song Tử", "Loại Ta", "Thị Tứ"]
    for i, nm in enumerate(names):
        yy = y + 116 + i * 132 + (40 if i >= 3 else 0)
        p.text(x + 60, yy, "–", 92, SERIF, 400, B)
        p.text(x + 150, yy, nm, 92, SERIF, 500, B)
        sx = x + (1100 if len(nm) > 10 else 640)
        p.words(sx, yy - 36, 2150 - sx, 24, ragged=p.r.uniform(0.55, 0.95), **k)
    band(p, 4, x, y, w, 416, 226)
    band(p, 5, x, y + 440, w, 412, 226)
    p.para(x, 2330, w, 3, 66, 24, 130, **k)
    band(p, 6, x, 2290, w, 240, 226)
    p.words(1560, 2600, 590, 24, **k)
    p.imprint("Bulletin administratif de la Cochinchine, số 1 năm 1934", "Nghị định 4702-CP", x=250)
    save(p)


def du_10():
    p = Plate("doc-du-10-1938")
    p.paper(tones=("#F3E7CC", "#EBDDBC", "#DFCDA3"), folds=(("h", 0.5),), fibres=90, age=1.2)
    x, w = 300, 1850
    k = dict(op=0.24, unit=26)
    p.frame(176, 150, 2048, 2520, INK7, 4, 0.5)
    p.frame(194, 168, 2012, 2484, INK7, 10, 0.5)
    p.text(1270, 340, "Nam triều Quốc ngữ công báo", 112, SERIF, 600, INK, "middle")
    p.line(300, 404, 2150, 404, INK7, 3, 0.7)
    p.text(400, 480, "Số 8", 62, SERIF, 500, INK7)
    p.text(1250, 480, "1938", 62, SERIF, 500, INK7, "middle")
    p.text(2150, 480, "Trang 233", 62, SERIF, 500, INK7, "end")
    p.line(300, 516, 2150, 516, INK7, 3, 0.7)
    p.disc(312, 302, 1, 50)
    p.region(220, 210, 1960, 320)
    p.text(1250, 720, "Dụ số 10", 190, SERIF, 600, INK, "middle")
    p.text(1250, 812, "30-3-1938 · 29 tháng 2 năm Bảo Đại thứ 13", 62, SERIF, 400, INK7, "middle", it=True)
    p.disc(312, 660, 2, 50)
    p.region(220, 560, 1960, 290)
    for cx in (300, 1260):
        p.para(cx, 910, 890, 5, 58, 22, 80, **k)
    p.line(1225, 900, 1225, 1170, INK7, 3, 0.35)
    # the phrase the gazette prints, set large
    y = 1244
    p.rect(220, y, 1960, 520, "#FFFBF2", 0.55, 8)
    p.line(220, y, 2180, y, INK7, 3, 0.6)
    p.line(220, y + 520, 2180, y + 520, INK7, 3, 0.6)
    p.text(1250, y + 214, "các Cù lao Hoàng sa", 168, SERIF, 600, INK, "middle", it=True)
    p.text(1250, y + 392, "(Archipel des îles Paracel)", 128, SERIF, 400, INK, "middle", it=True)
    p.disc(312, y + 96, 3, 50)
    p.region(220, y, 1960, 520)
    for i, (num, big) in enumerate(((4, "Nam – Ngãi"), (5, "Thừa Thiên"))):
        cx, y = 300 + i * 960, 1850
        p.disc(cx + 10, y + 60, num, 50)
        p.text(cx + 100, y + 92, big, 104, SERIF, 600)
        p.para(cx, y + 170, 890, 9, 62, 22, **k)
        p.region(cx - 80, y - 30, 950 if i else 960, 780)
    p.line(1225, 1820, 1225, 2600, INK7, 3, 0.35)
    p.imprint("Nam triều Quốc ngữ công báo, số 8, 1938, tr. 233", "Dụ số 10 của vua Bảo Đại")
    save(p)


def san_francisco():
    hold = "Biên bản hội nghị hòa ước với Nhật Bản, San Francisco 1951"
    tones = ("#F1EBDC", "#E9E1CD", "#DCD1B6")
    B = "#25313D"
    p = Plate("doc-san-francisco-1951")
    p.paper(tones=tones, folds=(("h", 0.5),), fibres=70, age=0.9, edge="#5D553F")
    x, w = 400, 1750
    k = dict(col=B, op=0.25, unit=27)
    p.text(x, 300, "San Francisco", 150, SERIF, 600, B)
    p.text(x, 396, "Hội nghị hòa ước với Nhật Bản · 51 nước dự", 66, SERIF, 400, INK7)
    p.line(x, 456, 2150, 456, B, 8, 0.75)
    p.disc(290, 268, 1, 50)
    p.region(224, 150, 1960, 330)
    p.text(x, 660, "Trần Văn Hữu", 112, SERIF, 600, B)
    p.text(x, 752, "trưởng đoàn Quốc gia Việt Nam", 62, SERIF, 400, INK7, it=True)
    p.text(2150, 660, "7-9-1951", 90, SERIF, 500, B, "end")
    p.disc(290, 626, 2, 50)
    p.region(224, 530, 1960, 270)
    p.para(x, 860, w, 3, 62, 22, 110, **k)
    y = 1130
    p.rect(224, y, 1960, 760, "#FFFDF6", 0.6, 8)
    p.rect(224, y, 16, 760, B, 0.85)
    p.text(x, y + 218, "nous affirmons nos droits", 146, SERIF, 600, B, it=True)
    p.text(x, y + 406, "sur les îles Spratley", 146, SERIF, 600, B, it=True)
    p.text(x, y + 594, "et Paracels", 146, SERIF, 600, B, it=True)
    p.disc(312, y + 98, 3, 50)
    p.region(224, y, 1960, 760)
    p.para(x, 1990, 1000, 8, 70, 22, **k)
    # lectern and microphone, as a plain line drawing
    c, s = "#25313D", 9
    p.add('<g transform="translate(0 62)">')
    p.path("M1620 2600L1680 2250H2040L2100 2600", col=c, sw=s, op=0.75)
    p.path("M1600 2250H2120L2070 2160H1650Z", "#EFE6D0", c, s, 0.9)
    p.path("M1860 2160V2020", col=c, sw=s, op=0.85)
    p.path("M1815 1990V1920Q1815 1875 1860 1875T1905 1920V1990Q1905 2032 1860 2032T1815 1990Z", "#F6EEDC", c, s, 0.95)
    p.path("M1818 1920H1902M1818 1952H1902M1818 1984H1902", col=c, sw=5, op=0.6)
    p.path("M1740 2600V2330H1980V2600", col=c, sw=5, op=0.35)
    p.path("M1560 2602H2160", col=c, sw=s, op=0.75)
    p.add("</g>")
    p.imprint(hold, "Tuyên bố ngày 7-9-1951")
    save(p)

    p = Plate("doc-san-francisco-1951-2")
    p.paper(tones=tones, folds=(("h", 0.5),), fibres=70, age=0.9, edge="#5D553F")
    p.text(x, 320, "Hòa ước với Nhật Bản", 140, SERIF, 600, B)
    p.text(x, 420, "Ký ngày 8-9-1951 · 48 nước ký", 70, SERIF, 400, INK7)
    p.line(x, 486, 2150, 486, B, 8, 0.75)
    p.disc(290, 278, 1, 50)
    p.region(224, 170, 1960, 350)
    p.para(x, 590, w, 4, 64, 22, 110, **k)
    y = 920
    p.rect(224, y, 1960, 700, "#FFFDF6", 0.6, 8)
    p.text(x, y + 170, "Điều 2, khoản f", 128, SERIF, 600, B)
    p.text(x, y + 290, "Nhật Bản từ bỏ quyền, danh nghĩa", 78, SERIF, 500, INK7)
    p.text(x, y + 394, "và đòi hỏi đối với hai quần đảo", 78, SERIF, 500, INK7)
    p.para(x, y + 480, w - 60, 3, 62, 22, **k)
    p.disc(312, y + 128, 2, 50)
    p.region(224, y, 1960, 700)
    y = 1690
    p.disc(290, y + 90, 3, 50)
    p.text(x, y + 126, "Nước tiếp nhận:", 96, SERIF, 600, B)
    p.rect(x + 780, y + 26, 970, 124, "#FFFDF6", 0.5, 10, f'stroke="{B}" stroke-width="4"')
    p.text(x + 1265, y + 112, "không nêu tên", 74, SERIF, 400, INK5, "middle", it=True)
    p.region(224, y, 1960, 190)
    p.para(x, 1960, w, 4, 64, 22, 110, **k)
    y = 2260
    p.line(x, y - 10, 2150, y - 10, B, 3, 0.5)
    p.disc(290, y + 110, 4, 50)
    p.text(x, y + 100, "Không dự hội nghị", 84, SERIF, 600, B)
    p.text(x, y + 206, "CHND Trung Hoa", 74, SERIF, 400, INK7)
    p.text(x, y + 306, "Trung Hoa Dân quốc (Đài Loan)", 74, SERIF, 400, INK7)
    p.region(224, y, 1960, 370)
    p.imprint(hold, "Hòa ước ngày 8-9-1951")
    save(p)


def sl_174():
    p = Plate("doc-174-nv-1961")
    p.paper(tones=("#EEF0E2", "#E4E6D3", "#D5D6BD"), folds=(("h", 0.333), ("h", 0.66)), fibres=90, age=0.9, edge="#575C3C", fib="#5C6140")
    B = "#29342C"
    x, w = 430, 1720
    k = dict(col=B, op=0.28, rx=2, unit=27)
    for yy in (560, 700):
        p.circle(100, yy * 2, 36, "#75785F", 0.5)
        p.circle(97, yy * 2 - 4, 34, "#0B1C2C", 0.45)
    p.text(x, 270, "Tổng thống", 78, SERIF, 500, B)
    p.text(x, 366, "Việt Nam Cộng hòa", 78, SERIF, 500, B)
    p.line(x, 436, x + 500, 436, B, 5, 0.7)
    p.text(2150, 270, "Số 174-NV", 78, SERIF, 500, B, "end")
    p.text(2150, 366, "13-7-1961", 78, SERIF, 400, B, "end")
    p.text(x + w / 2, 680, "Sắc lệnh", 210, SERIF, 600, B, "middle")
    p.line(x + w / 2 - 190, 748, x + w / 2 + 190, 748, B, 6, 0.7)
    p.disc(290, 252, 1, 50)
    p.region(224, 160, 1960, 630)
    p.para(x, 850, w, 4, 66, 24, 130, **k)
    def art(n, y, h, big, sub, np):
        p.disc(290, y + 92, n, 50)
        p.text(x, y + 128, big, 118, SERIF, 600, B)
        if sub:
            p.text(x, y + 232, sub, 78, SERIF, 500, INK7)
        p.para(x, y + (290 if sub else 190), w, np, 66, 24, **k)
        p.region(224, y, 1960, h)
    art(2, 1150, 440, "Quần đảo Hoàng Sa", "thuộc tỉnh Quảng Nam", 2)
    art(3, 1620, 380, "Xã Định Hải", "quận Hòa Vang", 1)
    art(4, 2030, 300, "Phái viên hành chính", "", 1)
    y = 2390
    p.line(x, y - 26, 2150, y - 26, B, 3, 0.5)
    p.disc(290, y + 90, 5, 50)
    p.text(x, y + 78, "Được nhắc lại trong Nghị định", 66, SERIF, 400, INK7, it=True)
    p.text(x, y + 180, "709-BNV/HCĐP/26 · 21-10-1969", 88, SERIF, 600, B)
    p.region(224, y, 1960, 250)
    p.imprint("được viện dẫn trong Nghị định 709-BNV/HCĐP/26 ngày 21-10-1969", "Sắc lệnh 174-NV", x=250)
    save(p)


def qd_1982():
    for page in (1, 2):
        p = Plate("doc-qd-1982" + ("" if page == 1 else "-2"))
        p.paper(tones=("#E6DECB", "#DDD3BC", "#CDC0A3"), folds=(("h", 0.5),), fibres=300, age=1.0, edge="#5B4B2E", fib="#574A33")
        B = "#2B2A28"
        x, w = 430, 1720
        k = dict(col=B, op=0.26, rx=3, unit=27)
        p.text(x, 280, "Hội đồng Bộ trưởng", 92, SERIF, 600, B)
        p.line(x, 326, x + 420, 326, B, 6, 0.7)
        p.text(x, 430, ("193-HĐBT", "194-HĐBT")[page - 1], 84, SERIF, 500, B)
        p.text(2150, 280, "9-12-1982", 84, SERIF, 400, B, "end")
        p.text(x + w / 2, 720, "Quyết định", 190, SERIF, 600, B, "middle")
        p.line(x + w / 2 - 190, 786, x + w / 2 + 190, 786, B, 6, 0.7)
        p.disc(290, 250, 1, 50)
        p.region(224, 160, 1960, 660)
        p.para(x, 880, w, 5, 66, 24, 130, **k)
        if page == 1:
            rows = [(2, 1260, 380, "Lập huyện Trường Sa", None, 3), (3, 1680, 380, "Thuộc tỉnh Đồng Nai", None, 3)]
        else:
            rows = [(2, 1260, 640, "Lập huyện Hoàng Sa", "thuộc tỉnh Quảng Nam – Đà Nẵng", 5)]
        for n, y, h, big, sub, np in rows:
            p.rect(224, y, 1960, h - 20, "#F3ECDB", 0.55, 6)
            p.disc(300, y + 100, n, 50)
            p.text(x, y + 140, big, 124, SERIF, 600, B)
            if sub:
                p.text(x, y + 250, sub, 84, SERIF, 500, INK7)
            p.para(x, y + (310 if sub else 196), w - 60, np if not sub else 4, 62, 22, **k)
            p.region(224, y, 1960, h - 20)
        if page == 1:
            y = 2160
            p.para(x, y - 40, w, 2, 66, 24, 130, **k)
            p.line(x, y + 130, 2150, y + 130, B, 3, 0.5)
            p.disc(290, y + 260, 4, 50)
            p.text(x, y + 244, "28-12-1982 · Quốc hội", 66, SERIF, 400, INK7, it=True)
            p.text(x, y + 354, "chuyển về tỉnh Phú Khánh", 92, SERIF, 600, B)
            p.region(224, y + 140, 1960, 290)
        else:
            p.para(x, 1990, w, 4, 66, 24, 130, **k)
            p.disc(1290, 2420, 3, 50)
            p.text(1760, 2392, "người ký", 62, SERIF, 400, INK7, "middle", it=True)
            p.text(1760, 2500, "Tố Hữu", 104, SERIF, 600, B, "middle")
            p.region(1200, 2300, 984, 270)
        p.imprint("cơ sở dữ liệu pháp luật; toàn văn 194-HĐBT trên Thư viện Pháp luật", ("Quyết định 193-HĐBT", "Quyết định 194-HĐBT")[page - 1])
        save(p)


def luat_bien():
    p = Plate("doc-luat-bien-2012")
    p.paper(tones=("#FBF7EC", "#F7F1E2", "#EFE6D0"), fibres=30, age=0.45, edge="#8A7A58")
    B = "#16222E"
    x, w = 430, 1720
    k = dict(col=B, op=0.2, unit=26, rx=11)
    p.rect(0, 0, p.w, 26, "#16344B")
    p.text(x, 270, "Quốc hội", 86, SERIF, 600, B)
    p.text(2150, 270, "Luật số 18/2012/QH13", 70, SERIF, 500, B, "end")
    p.line(x, 326, 2150, 326, B, 4, 0.5)
    p.text(x, 560, "Luật Biển", 210, SERIF, 600, B)
    p.text(x, 780, "Việt Nam", 210, SERIF, 600, B)
    p.disc(290, 244, 1, 50)
    p.region(224, 160, 1960, 680)
    y = 900
    p.disc(290, y + 76, 2, 50)
    p.text(x, y + 76, "Khóa XIII, kỳ họp thứ ba", 66, SANS, 500, INK7)
    p.text(x, y + 170, "21-6-2012 · 495 trên 496 phiếu", 66, SANS, 500, INK7)
    p.region(224, y - 20, 1960, 530)
    # the vote, 496 dots of which one is hollow
    for i in range(496):
        cx, cy = x + 10 + (i % 62) * 27.9, y + 270 + (i // 62) * 27.9
        if i < 495:
            p.circle(cx, cy, 9.4, "#2C536F", 0.75)
        else:
            p.circle(cx, cy, 8, "none", 0.9, 'stroke="#2C536F" stroke-width="3"')
    y = 1440
    p.line(x, y - 10, 2150, y - 10, B, 3, 0.45)
    p.text(x, y + 130, "Điều 1", 118, SERIF, 600, B)
    p.text(x + 400, y + 128, "phạm vi", 78, SERIF, 400, INK5, it=True)
    rows = [(3, "Đường cơ sở, các vùng biển, các đảo", 84, 2), (4, "Quần đảo Hoàng Sa, quần đảo Trường Sa", 84, 2),
            (5, "Chủ quyền, quyền chủ quyền, quyền tài phán", 78, 2)]
    yy = y + 190
    for n, t, s, np in rows:
        p.rect(224, yy, 1960, 236, "#F3E8CF", 0.65, 8)
        p.disc(300, yy + 84, n, 50)
        p.text(x, yy + 112, t, s, SERIF, 500, B)
        p.para(x, yy + 156, w - 60, 1, 46, 20, **k)
        p.region(224, yy, 1960, 236)
        yy += 258
    p.disc(290, yy + 110, 6, 50)
    p.text(x, yy + 140, "Hiệu lực từ 1-1-2013", 92, SERIF, 600, B)
    p.region(224, yy + 20, 1960, 200)
    p.imprint("bản tiếng Anh tại Vietnam Law and Legal Forum", "Luật số 18/2012/QH13")
    save(p)


# == halls ===========================================================================
def sea(p):
    g = p.grad("radialGradient", 'cx="0.5" cy="0.3" r="0.95"', [(0, "#1F4560", 1), (0.55, "#12293D", 1), (1, "#081624", 1)])
    p.rect(0, 0, p.w, p.h, g)


def hall_thu_tich():
    p = Plate("hall-thu-tich", 1200, 800)
    sea(p)
    # an open book seen from a little above: two pages bowed to the spine
    def page(s):
        X = lambda v: 600 + s * v
        return (f"M{X(0)} 130C{X(90)} 84 {X(250)} 92 {X(500)} 118L{X(534)} 690C{X(270)} 660 {X(90)} 662 {X(0)} 712Z")
    for e in range(9):
        p.add(f'<ellipse cx="600" cy="{700 + e}" rx="{590 - e * 14}" ry="{52 - e * 4}" fill="#030A12" opacity="0.09"/>')
    for k in range(5, 0, -1):
        for s in (1, -1):
            p.add(f'<g transform="translate({s * k * 5} {k * 6})">')
            p.path(page(s), "#D9C596" if k % 2 else "#C4AD78")
            p.add("</g>")
    for s in (1, -1):
        g = p.grad("linearGradient", 'x1="%d" y1="0" x2="%d" y2="0.12"' % ((0, 1) if s > 0 else (1, 0)),
                   [(0, "#C9B07A", 1), (0.12, "#E7D6AE", 1), (0.5, "#F4E9CE", 1), (1, "#E6D4AB", 1)])
        p.path(page(s), g)
    # frames follow the bow
    def at(s, u, v):
        """u 0..1 spine to edge, v 0..1 top to bottom, bilinear on the page's bowed edges."""
        t = u
        top = [(0, 130), (90, 84), (250, 92), (500, 118)]
        bot = [(0, 712), (90, 662), (270, 660), (534, 690)]
        def bz(c):
            return tuple((1 - t) ** 3 * c[0][i] + 3 * (1 - t) ** 2 * t * c[1][i] + 3 * (1 - t) * t * t * c[2][i] + t ** 3 * c[3][i] for i in (0, 1))
        a, b = bz(top), bz(bot)
        return 600 + s * (a[0] + (b[0] - a[0]) * v), a[1] + (b[1] - a[1]) * v
    def curve(s, pts, col, sw, op):
        p.path("M" + "L".join(f"{f(x)} {f(y)}" for x, y in (at(s, u, v) for u, v in pts)), col=col, sw=sw, op=op)
    u0, u1, v0, v1, n = 0.2, 0.935, 0.085, 0.91, 6
    us = [u0 + (u1 - u0) * i / 40 for i in range(41)]
    for s in (1, -1):
        for v in (v0, v1):
            curve(s, [(u, v) for u in us], "#4A2F17", 4, 0.85)
        for u in (u0, u1):
            curve(s, [(u, v0), (u, v1)], "#4A2F17", 4, 0.85)
        # thin columns; chars are set on the bowed grid
        for i in range(n):
            ua, ub = u0 + (u1 - u0) * i / n, u0 + (u1 - u0) * (i + 1) / n
            if i:
                curve(s, [(ua, v0), (ua, v1)], "#5C4022", 1.6, 0.55)
            rows = 9
            title = s > 0 and i == n - 1
            for j in range(rows):
                x, y = at(s, (ua + ub) / 2, v0 + (v1 - v0) * (j + 0.5) / rows)
                wcol = abs(at(s, ub, 0.5)[0] - at(s, ua, 0.5)[0])
                if title:
                    k = j - 2
                    if 0 <= k < 5:
                        p.text(x, y + 20, "大南一統志"[k], 52, CJK, 400, INK, "middle")
                    continue
                if (i + j * 3 + (s > 0)) % 11 == 0 or (j > 5 and i % 3 == 1 and s < 0):
                    continue
                p.block(x, y, min(wcol * 0.46, 30))
    # gutter shade and a warm light from above left
    g = p.grad("linearGradient", 'x1="0" y1="0" x2="1" y2="0"', [(0, "#3A2810", 0), (0.5, "#3A2810", 0.42), (1, "#3A2810", 0)])
    p.path("M530 104C560 108 585 118 600 130C615 118 640 108 670 104V676C640 682 615 696 600 712C585 696 560 682 530 676Z", g)
    g = p.grad("radialGradient", 'cx="0.3" cy="0.15" r="0.8"', [(0, "#F6E0AC", 0.22), (1, "#F6E0AC", 0)])
    p.rect(0, 0, 1200, 800, g)
    save(p)


def hall_chau_ban():
    p = Plate("hall-chau-ban", 1200, 800)
    p.paper(tones=SHEET, folds=(("v", 0.36),), fibres=70, age=1.0)
    for i in range(9):
        cx = 1090 - i * 128
        r, y = p.r, (-30, 20, -60, -10, -50, 30, -30, -70, 10)[i]
        while y < 820:
            ln = r.choice((60, 84, 110, 150, 190))
            p.rect(cx - 22, y, 44 * r.uniform(0.9, 1.05), ln, "#4C3F2E", r.uniform(0.2, 0.31), 15)
            y += ln + r.uniform(16, 26)
    p.vermilion(612, 176, 1.38)
    g = p.grad("linearGradient", 'x1="0" y1="0" x2="0" y2="1"', [(0, "#3A2810", 0.16), (0.25, "#3A2810", 0), (0.8, "#3A2810", 0), (1, "#3A2810", 0.18)])
    p.rect(0, 0, 1200, 800, g)
    save(p)


def hall_hanh_chinh():
    p = Plate("hall-hanh-chinh", 1200, 800)
    sea(p)
    def sheet(x, y, w, h, rot, tones, age, draw):
        p.add(f'<g transform="rotate({rot} {x + w / 2} {y + h / 2})">')
        p.shadow(x, y, w, h, 0.55, "#030A12")
        p.paper(x, y, w, h, tones=tones, fibres=40, age=age)
        draw(x, y, w, h)
        p.add("</g>")
    k = dict(h=9, unit=12, rx=4)
    def a(x, y, w, h):
        p.text(x + 44, y + 120, "4702-CP", 58, SERIF, 600, "#2A3342", sp=1)
        p.text(x + 44, y + 168, "21-12-1933", 30, SERIF, 400, "#2A3342")
        p.line(x + 44, y + 196, x + w - 60, y + 196, "#2A3342", 3, 0.7)
        for i in range(5):
            p.para(x + 44, y + 232 + i * 130, w - 104, 4, 28, col="#2A3342", op=0.3, **k)
    def b(x, y, w, h):
        p.text(x + w - 44, y + 120, "Sắc lệnh", 58, SERIF, 600, "#29342C", "end")
        p.text(x + w - 44, y + 168, "174-NV", 30, SERIF, 400, "#29342C", "end")
        p.line(x + 60, y + 196, x + w - 44, y + 196, "#29342C", 3, 0.7)
        for i in range(5):
            p.para(x + 60, y + 232 + i * 130, w - 104, 4, 28, col="#29342C", op=0.28, **k)
    def c(x, y, w, h):
        p.text(x + w / 2, y + 136, "Dụ số 10", 80, SERIF, 600, INK, "middle")
        p.text(x + w / 2, y + 190, "30-3-1938", 34, SERIF, 400, INK7, "middle", it=True)
        p.line(x + w / 2 - 70, y + 218, x + w / 2 + 70, y + 218, INK7, 3, 0.7)
        p.para(x + 60, y + 252, w - 120, 3, 30, op=0.26, **k)
        p.text(x + w / 2, y + 396, "các Cù lao Hoàng sa", 42, SERIF, 600, INK, "middle", it=True)
        for i in range(3):
            p.para(x + 60, y + 436 + i * 128, w - 120, 4, 30, op=0.26, **k)
    sheet(66, 138, 470, 800, -5, ("#EFE6D2", "#E5DAC1", "#D8C9A9"), 0.9, a)
    sheet(664, 150, 470, 800, 5, ("#EEF0E2", "#E4E6D3", "#D5D6BD"), 0.8, b)
    sheet(372, 100, 456, 860, -0.8, ("#F6ECD4", "#F0E3C4", "#E6D5AE"), 0.9, c)
    save(p)


def main():
    global OUT
    here = os.path.dirname(os.path.abspath(__file__))
    OUT = sys.argv[1] if len(sys.argv) > 1 else os.path.join(here, "..", "..", "exhibits", "hoang-sa-truong-sa", "plates")
    os.makedirs(OUT, exist_ok=True)
    phu_bien()
    hanpage("doc-hoang-viet-dia-du-chi", [
        (1, "皇越地輿誌", 2, 0), (2, "", 0, 14), (None, "", 0, 14), (3, "黃沙", 4, 14), (4, "", 0, 14), (5, "", 0, 10), (None, "", 0, 14)],
        "được dẫn trong Võ Long Tê (1974) và tư liệu của UBND huyện Hoàng Sa", "Hoàng Việt địa dư chí", fish="皇越地輿誌",
        tones=("#EFE0C0", "#E8D5AC", "#D9C190"))
    hold = "mộc bản tại Trung tâm Lưu trữ Quốc gia IV (Đà Lạt); bản in tại Viện Nghiên cứu Hán Nôm (A.2772)"
    leaf("doc-dai-nam-thuc-luc", "大南寔錄", [(1, "", "大南寔錄", 2), (3, "Quyển 22 · 1803", "黃沙", 5), (2, "Quyển 50 · 1815", "", 0), (2, "Quyển 52 · 1816", "", 0)],
         hold, "Chính biên, đệ nhất kỷ")
    leaf("doc-dai-nam-thuc-luc-2", "大南寔錄", [(1, "", "大南寔錄", 2), (3, "Quyển 165 · 1836", "黃沙", 4), (3, "Đo vẽ", "", 0)],
         hold, "Chính biên, đệ nhị kỷ")
    hanpage("doc-nhat-thong-chi", [
        (1, "大南一統志", 2, 0), (2, "黃沙", 1, 14), (3, "", 0, 14), (4, "", 0, 12), (5, "萬里長沙", 6, 14), (6, "", 0, 14), (7, "", 0, 9)],
        "mộc bản tại Trung tâm Lưu trữ Quốc gia IV (Đà Lạt)", "Quyển 6, tỉnh Quảng Ngãi", fish="大南一統志")
    chau_ban()
    chau_ban_1830()
    to_lenh()
    nd_4702()
    du_10()
    san_francisco()
    sl_174()
    qd_1982()
    luat_bien()
    hall_thu_tich()
    hall_chau_ban()
    hall_hanh_chinh()
    json.dump(REGIONS, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
