#!/usr/bin/env python3
"""Draws the artefact plates of the sample exhibit as static SVG.

    python3 scripts/plates/make_artefacts.py [OUT_DIR]

Standard library only; the same script always writes the same bytes.
Everything is a line-and-wash drawing made for the sample: no object is copied
from a photograph, and no inscription is drawn that sources do not agree on.
"""
import math
import os
import random
import sys
import unicodedata

LAMP, PAPER, INK, SEAL = "#F6E0AC", "#EFE3C4", "#211A12", "#B23420"
DEEP, SEA, TEXT2 = "#07131F", "#16344B", "#C6D2DA"
SERIF, SANS, HAN = "'Source Serif 4'", "Be Vietnam Pro", "Noto Serif CJK TC"
NOTE_VI = "Hình vẽ minh họa cho gói mẫu, không phải bản gốc"
NOTE_EN = "Drawing made for this sample, not the original"
TITLE = "大南一統志"


def f(v):
    s = "%.1f" % v
    return s[:-2] if s.endswith(".0") else s


def pt(p):
    return f(p[0]) + " " + f(p[1])


# ---------------------------------------------------------------- curves
def spline(pts, n=10, closed=False):
    """Catmull-Rom through pts, as a list of points."""
    if len(pts) < 3 and not closed:
        (x0, y0), (x1, y1) = pts
        return [(x0 + (x1 - x0) * i / n, y0 + (y1 - y0) * i / n) for i in range(n + 1)]
    m = len(pts)
    get = (lambda i: pts[i % m]) if closed else (lambda i: pts[max(0, min(m - 1, i))])
    out = []
    for i in range(m if closed else m - 1):
        a, b, c, d = get(i - 1), get(i), get(i + 1), get(i + 2)
        for k in range(n):
            t = k / n
            out.append(tuple(0.5 * (2 * b[j] + (c[j] - a[j]) * t
                                    + (2 * a[j] - 5 * b[j] + 4 * c[j] - d[j]) * t * t
                                    + (3 * b[j] - a[j] - 3 * c[j] + d[j]) * t ** 3) for j in (0, 1)))
    if not closed:
        out.append(pts[-1])
    return out


def at(line, t):
    """The point at fraction t of the length of a polyline."""
    seg = [math.dist(a, b) for a, b in zip(line, line[1:])]
    want = t * sum(seg)
    for (a, b), s in zip(zip(line, line[1:]), seg):
        if want <= s:
            q = want / s if s else 0
            return (a[0] + (b[0] - a[0]) * q, a[1] + (b[1] - a[1]) * q)
        want -= s
    return line[-1]


def lerp(a, b, t):
    return (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t)


def ell(cx, cy, rx, ry, a0=0.0, a1=360.0, n=28, rot=0.0):
    r = math.radians(rot)
    out = []
    for i in range(n + 1):
        a = math.radians(a0 + (a1 - a0) * i / n)
        x, y = rx * math.cos(a), ry * math.sin(a)
        out.append((cx + x * math.cos(r) - y * math.sin(r), cy + x * math.sin(r) + y * math.cos(r)))
    return out


# ---------------------------------------------------------------- the sheet
class Sheet:
    def __init__(self, w, h, seed):
        self.w, self.h, self.rng = w, h, random.Random(seed)
        self.body, self.defs, self.n = [], [], 0

    def add(self, s):
        self.body.append(s)

    def name(self):
        self.n += 1
        return "d%d" % self.n

    def ink(self, pts, w=8, col=LAMP, op=1.0, smooth=True, taper=0.35, n=10):
        """A pen line that swells and thins."""
        p = spline(pts, n) if smooth else [q for a, b in zip(pts, pts[1:]) for q in spline([a, b], 4)[:-1]] + [pts[-1]]
        m = len(p)
        ph, lf, rt = self.rng.uniform(0, 6.3), [], []
        for i, (x, y) in enumerate(p):
            a, b = p[max(0, i - 1)], p[min(m - 1, i + 1)]
            dx, dy = b[0] - a[0], b[1] - a[1]
            ln = math.hypot(dx, dy) or 1
            t = i / max(1, m - 1)
            k = (taper + (1 - taper) * math.sin(math.pi * t) ** 0.45) * (1 + 0.16 * math.sin(ph + t * 9))
            hx, hy = -dy / ln * w * k / 2, dx / ln * w * k / 2
            lf.append((x + hx, y + hy))
            rt.append((x - hx, y - hy))
        self.add('<path d="M%sZ" fill="%s"%s/>' % ("L".join(map(pt, lf + rt[::-1])), col, self.o(op)))

    def o(self, op, what="fill-opacity"):
        return "" if op >= 1 else ' %s="%s"' % (what, ("%.3f" % op).rstrip("0"))

    def poly(self, pts, fill, op=1.0):
        self.add('<path d="M%sZ" fill="%s"%s/>' % ("L".join(map(pt, pts)), fill, self.o(op)))

    def outline(self, pts, w=8, col=LAMP, op=1.0):
        """Straight-edged outline with slightly overshooting corners."""
        for a, b in zip(pts, pts[1:] + pts[:1]):
            d = math.dist(a, b) or 1
            e = min(0.012, 7 / d)
            mid = lerp(a, b, 0.5)
            mid = (mid[0] + self.rng.uniform(-2, 2), mid[1] + self.rng.uniform(-2, 2))
            self.ink([lerp(a, b, -e), mid, lerp(a, b, 1 + e)], w, col, op, taper=0.6)

    def wash(self, pts, col=LAMP, op=0.1, layers=3, jitter=10):
        """Transparent colour laid on in several slightly different coats."""
        for _ in range(layers):
            q = [(x + self.rng.uniform(-jitter, jitter), y + self.rng.uniform(-jitter, jitter)) for x, y in pts]
            self.poly(q, col, op / layers * 1.25)

    def clip(self, pts):
        i = self.name()
        self.defs.append('<clipPath id="%s"><path d="M%sZ"/></clipPath>' % (i, "L".join(map(pt, pts))))
        return i

    def open_clip(self, pts):
        self.add('<g clip-path="url(#%s)">' % self.clip(pts))

    def end(self):
        self.add("</g>")

    def hatch(self, pts, ang, gap, w=3, op=0.35, col=LAMP, wob=3):
        """Parallel pen strokes inside an outline."""
        xs, ys = [p[0] for p in pts], [p[1] for p in pts]
        cx, cy = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
        r = math.hypot(max(xs) - min(xs), max(ys) - min(ys)) / 2 + gap
        c, s = math.cos(math.radians(ang)), math.sin(math.radians(ang))
        self.open_clip(pts)
        d = -r
        while d < r:
            j = self.rng.uniform(-wob, wob)
            a = (cx - c * r - s * (d + j), cy - s * r + c * (d + j))
            b = (cx + c * r - s * (d - j), cy + s * r + c * (d - j))
            self.add('<path d="M%sL%s" stroke="%s" stroke-width="%s"%s/>' % (pt(a), pt(b), col, f(w), self.o(op, "stroke-opacity")))
            d += gap
        self.end()

    def grad(self, kind, stops, geo):
        i = self.name()
        st = "".join('<stop offset="%s" stop-color="%s" stop-opacity="%s"/>' % s for s in stops)
        self.defs.append('<%sGradient id="%s" %s>%s</%sGradient>' % (kind, i, geo, st, kind))
        return "url(#%s)" % i

    def glow(self, cx, cy, rx, ry, col=LAMP, op=0.2):
        g = self.grad("radial", [(0, col, op), (0.45, col, round(op * 0.45, 3)), (1, col, 0)], "")
        self.add('<ellipse cx="%s" cy="%s" rx="%s" ry="%s" fill="%s"/>' % (f(cx), f(cy), f(rx), f(ry), g))

    def text(self, x, y, s, size, fam=SANS, weight=400, col=TEXT2, anchor="start", op=1.0, style="", extra=""):
        s = unicodedata.normalize("NFC", s)
        self.add('<text x="%s" y="%s" font-family="%s" font-size="%s" font-weight="%d" fill="%s" text-anchor="%s"%s%s%s>%s</text>'
                 % (f(x), f(y), fam, f(size), weight, col, anchor, self.o(op), ' font-style="italic"' if style else "", " " + extra if extra else "", s))

    # ------------------------------------------------ grounds
    def night(self):
        g = self.grad("linear", [(0, SEA, 1), (1, "#0B1C2C", 1)], 'x1="0" y1="0" x2="0" y2="1"')
        self.add('<rect width="%d" height="%d" fill="%s"/>' % (self.w, self.h, g))
        soft = [self.grad("radial", [(0, "#2C536F", 0.30), (0.6, "#2C536F", 0.12), (1, "#2C536F", 0)], ""),
                self.grad("radial", [(0, "#07131F", 0.34), (0.6, "#07131F", 0.13), (1, "#07131F", 0)], "")]
        for i in range(26):
            x, y = self.rng.uniform(-0.1, 1.1) * self.w, self.rng.uniform(-0.1, 0.95) * self.h
            r = self.rng.uniform(0.10, 0.26) * self.w
            self.add('<ellipse cx="%s" cy="%s" rx="%s" ry="%s" fill="%s" transform="rotate(%s %s %s)"/>'
                     % (f(x), f(y), f(r), f(r * self.rng.uniform(0.35, 0.6)), soft[i % 2], f(self.rng.uniform(-14, 14)), f(x), f(y)))

    def paper(self):
        g = self.grad("linear", [(0, "#F3E8CB", 1), (1, "#E6D6AE", 1)], 'x1="0" y1="0" x2="0.4" y2="1"')
        self.add('<rect width="%d" height="%d" fill="%s"/>' % (self.w, self.h, g))
        soft = [self.grad("radial", [(0, "#B99A5B", 0.20), (0.6, "#B99A5B", 0.07), (1, "#B99A5B", 0)], ""),
                self.grad("radial", [(0, "#FFFBF2", 0.5), (0.6, "#FFFBF2", 0.18), (1, "#FFFBF2", 0)], "")]
        for i in range(26):
            x, y = self.rng.uniform(0, 1) * self.w, self.rng.uniform(0, 1) * self.h
            r = self.rng.uniform(0.06, 0.2) * self.w
            self.add('<ellipse cx="%s" cy="%s" rx="%s" ry="%s" fill="%s"/>' % (f(x), f(y), f(r), f(r * 0.6), soft[i % 2]))

    def caption(self, holding, dark=True):
        col = TEXT2 if dark else "#4A4032"
        rows = [NOTE_VI + " · " + NOTE_EN] if self.w > 2700 else [NOTE_VI, NOTE_EN]
        rows.append("Bản gốc / hiện vật: " + holding)
        size, x = 46, 130
        y = self.h - 86 - (len(rows) - 1) * 66
        self.add('<rect x="%d" y="%d" width="150" height="5" fill="%s" fill-opacity="0.8"/>' % (x, y - 92, LAMP if dark else SEAL))
        for i, r in enumerate(rows):
            last = i == len(rows) - 1
            self.text(x, y + i * 66, r, size, weight=500 if last else 400, col=("#F7F0E0" if dark else INK) if last else col)

    def sea(self, y0, y1, cx, spread, n=90, op=0.42, w=5):
        """Short swelling wave strokes, closer and brighter near cx."""
        for _ in range(n):
            t = self.rng.random() ** 1.3
            y = y0 + (y1 - y0) * t
            x = self.rng.gauss(cx, spread * (0.55 + 0.6 * t))
            ln = self.rng.uniform(60, 210) * (0.5 + 0.9 * t)
            near = math.exp(-((x - cx) / spread) ** 2)
            o = op * (0.22 + 0.78 * near) * self.rng.uniform(0.4, 1)
            h = ln * 0.035
            self.ink([(x - ln / 2, y), (x - ln / 5, y - h), (x + ln / 6, y + h * 0.4), (x + ln / 2, y - h * 0.6)], w * (0.6 + 0.6 * t), LAMP, o, taper=0.1, n=5)

    def horizon(self, y, op=0.3):
        g = self.grad("linear", [(0, LAMP, 0), (0.3, LAMP, op), (0.7, LAMP, op), (1, LAMP, 0)], 'x1="0" y1="0" x2="1" y2="0"')
        self.add('<rect x="0" y="%s" width="%d" height="3.5" fill="%s"/>' % (f(y), self.w, g))

    def save(self, folder, name, desc):
        head = '<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d">' % (self.w, self.h, self.w, self.h)
        text = head + "\n<desc>%s</desc>\n<defs>%s</defs>\n%s\n</svg>\n" % (desc, "".join(self.defs), "\n".join(self.body))
        with open(os.path.join(folder, name + ".svg"), "w", encoding="utf-8", newline="\n") as fh:
            fh.write(unicodedata.normalize("NFC", text))


def group(s, x, y, k):
    s.add('<g transform="translate(%s %s) scale(%s)">' % (f(x), f(y), ("%.4f" % k)))


# ---------------------------------------------------------------- the boat
SHEER = [(-985, -345), (-780, -240), (-420, -155), (0, -125), (400, -150), (700, -235), (900, -355), (1015, -470)]
FAR = [(-985, -345), (-700, -268), (-300, -212), (100, -200), (480, -228), (780, -315), (1015, -470)]
KEEL = [(-985, -345), (-930, -190), (-800, -40), (-520, 62), (0, 92), (420, 70), (700, -20), (880, -190), (1015, -470)]


def sail(s, tack, clew, peak, throat, belly, lw, battens, panel=9):
    luff = spline([tack, (lerp(tack, throat, .5)[0] + 22, lerp(tack, throat, .5)[1]), throat])
    mid = lerp(clew, peak, .45)
    leech = spline([clew, (mid[0] - belly, mid[1]), peak])
    foot = spline([clew, (lerp(clew, tack, .5)[0], lerp(clew, tack, .5)[1] + 42), tack])
    head = spline([throat, (lerp(throat, peak, .5)[0] - 6, lerp(throat, peak, .5)[1] - 14), peak])
    edge = luff + head + leech[::-1] + foot
    s.poly(edge, "#102A3F", 0.92)
    g = s.grad("linear", [(0, LAMP, 0.34), (0.55, LAMP, 0.15), (1, LAMP, 0.05)], 'x1="1" y1="0.2" x2="0" y2="0.7"')
    s.poly(edge, g)
    s.open_clip(edge)
    for i in range(1, battens + 1):                       # shade under each batten
        t = i / (battens + 1)
        a, b = at(luff, t), at(leech, t)
        m = lerp(a, b, .5)
        c = spline([a, (m[0], m[1] + 34), b])
        s.poly(c + [(x, y + 46) for x, y in c[::-1]], DEEP, 0.20)
    for i in range(1, panel):                             # cloth seams
        t = i / panel
        a, b = at(foot, t), at(head, 1 - t)
        m = lerp(a, b, .5)
        s.ink([a, (m[0] - belly * (0.55 - 0.5 * t), m[1]), b], lw * .28, op=.34, taper=.7)
    s.end()
    for i in range(1, battens + 1):
        t = i / (battens + 1)
        a, b = at(luff, t), at(leech, t)
        m = lerp(a, b, .5)
        s.ink([(a[0] + 12, a[1]), (m[0], m[1] + 30), (b[0] - 12, b[1])], lw * .62, op=.9, taper=.7)
    s.ink(luff[::3] + [luff[-1]], lw * .8, taper=.7)
    s.ink(leech[::3] + [leech[-1]], lw * .95, taper=.6)
    d = (peak[0] - throat[0], peak[1] - throat[1])
    s.ink([(throat[0] - d[0] * .07, throat[1] - d[1] * .07), lerp(throat, peak, .5), (peak[0] + d[0] * .07, peak[1] + d[1] * .07)], lw * 1.6, taper=.55)
    s.ink([(tack[0] + 30, tack[1]), foot[10], (clew[0] - 34, clew[1] - 4)], lw * 1.35, taper=.55)
    return luff, leech, head


def mast(s, foot, top, w):
    dx = w / 2
    s.poly([(foot[0] - dx, foot[1]), (top[0] - dx * .45, top[1]), (top[0] + dx * .45, top[1]), (foot[0] + dx, foot[1])], "#3B4A50")
    s.ink([(foot[0] - dx, foot[1]), lerp((foot[0] - dx, foot[1]), (top[0] - dx * .45, top[1]), .5), (top[0] - dx * .45, top[1])], w * .22, taper=.8)
    s.ink([(foot[0] + dx, foot[1]), lerp((foot[0] + dx, foot[1]), (top[0] + dx * .45, top[1]), .5), (top[0] + dx * .45, top[1])], w * .34, taper=.8)


def boat(s, lw=10, full=True):
    """Generic two-sail fishing boat around the origin; x −1040…1040, y −1460…92."""
    sheer, far, keel = spline(SHEER), spline(FAR), spline(KEEL)
    rope = lambda a, b, w=.32, op=.7, sag=0: s.ink([a, (lerp(a, b, .5)[0], lerp(a, b, .5)[1] + sag), b], lw * w, op=op, taper=.9)
    # inside of the hull
    s.poly(far + sheer[::-1], "#0A1926")
    if full:
        for t in (.16, .30, .45, .60, .74, .86):
            a, b = at(sheer, t), at(far, t)
            s.poly([a, (a[0] + 40, a[1] - 1), (b[0] + 34, b[1] - 1), b], LAMP, .20)
            s.ink([a, lerp(a, b, .5), b], lw * .5, op=.9, taper=.8)
            s.ink([(a[0] + 40, a[1]), (lerp(a, b, .5)[0] + 37, lerp(a, b, .5)[1]), (b[0] + 34, b[1])], lw * .4, op=.7, taper=.8)
    s.ink(FAR, lw * .7, op=.85)
    # standing rigging behind the sails
    m1, m2 = (-20, -1420), (590, -1075)
    rope(m1, (1005, -462), op=.55)
    rope(m1, (-975, -345), op=.55)
    rope(m2, (1005, -462), op=.55)
    mast(s, (-70, -150), m1, lw * 3.2)
    mast(s, (500, -178), m2, lw * 2.7)
    l1 = sail(s, (150, -300), (-770, -330), (-330, -1365), (150, -1075), 150, lw, 6 if full else 4, 9 if full else 1)
    l2 = sail(s, (800, -420), (250, -330), (440, -1015), (760, -800), 70, lw * .9, 5 if full else 3, 7 if full else 1)
    # halyards and sheets
    rope(m1, lerp((150, -1075), (-330, -1365), .42), .4, .9)
    rope(m2, lerp((760, -800), (440, -1015), .5), .4, .9)
    if full:
        for t in (.05, .2, .36, .52, .68):
            rope(at(l1[1], t), (-850, -420), .26, .6, 10)
        rope((-850, -420), (-905, -318), .45, .9)
        for t in (.08, .3, .55):
            rope(at(l2[1], t), (190, -300), .24, .55, 8)
        rope((190, -300), (150, -215), .4, .8)
        for dx in (-120, 110):
            rope(m1, (-70 + dx * 1.6, -140), .28, .5)
    # hull
    hull = sheer + keel[::-1]
    s.poly(hull, "#10283B")
    g = s.grad("linear", [(0, LAMP, .32), (.45, LAMP, .12), (1, LAMP, .02)], 'x1="0.6" y1="0" x2="0.5" y2="1"')
    s.poly(hull, g)
    n = 6 if full else 3
    seam = []
    for k in range(1, n):
        t = k / n
        row = [lerp(at(sheer, u / 24), at(keel, u / 24), t ** .9) for u in range(25)]
        seam.append(row)
        s.ink(row[1:-1:2] + [row[-1]], lw * (.42 if full else .55), op=.7 if full else .6, taper=.5)
    if full:
        rows = [[at(sheer, u / 24) for u in range(25)]] + seam
        for k, row in enumerate(rows):                    # butts and pegs
            nxt = rows[k + 1] if k + 1 < len(rows) else [at(keel, u / 24) for u in range(25)]
            for u in range(3 + (k * 3) % 5, 22, 6):
                s.ink([lerp(row[u], nxt[u], .08), lerp(row[u], nxt[u], .92)], lw * .3, op=.55, taper=.8)
                for e in (-16, 16):
                    for v in (.32, .68):
                        p = lerp(row[u], nxt[u], v)
                        s.add('<circle cx="%s" cy="%s" r="%s" fill="%s" fill-opacity=".6"/>' % (f(p[0] + e), f(p[1]), f(lw * .26), LAMP))
        s.open_clip(hull)
        for i in range(60):                               # wash strokes below the turn of the hull
            u = s.rng.random()
            p, q = at(sheer, u), at(keel, u)
            a, b = lerp(p, q, s.rng.uniform(.5, .7)), lerp(p, q, 1)
            s.ink([a, lerp(a, b, .5), b], lw * .3, DEEP, .55, taper=.1)
        s.end()
        rail = [(x, y + 30) for x, y in SHEER[1:-1]]
        s.ink([(-952, -300)] + rail + [(985, -415)], lw * .55, op=.9, taper=.5)
        # rudder and tiller
        rud = [(-960, -235), (-1022, -150), (-1052, 40), (-1035, 118), (-945, 112), (-918, -60)]
        s.poly(spline(rud, 6, True), "#10283B")
        s.wash(spline(rud, 6, True), LAMP, .14, 2, 4)
        s.ink(rud + [rud[0]], lw * .8)
        s.ink([(-985, -60), (-1000, 20), (-1004, 90)], lw * .35, op=.6)
        s.ink([(-975, -250), (-990, -390), (-700, -352)], lw * 1.1, taper=.6)
        # mat roll and baskets of gear amidships
        for x, y in ((-330, -226), (-270, -222)):
            s.poly(ell(x, y - 18, 30, 30), "#1D3C50")
            s.ink(ell(x, y - 18, 30, 30), lw * .5)
            s.ink(ell(x, y - 18, 16, 16, 0, 300), lw * .35, op=.8)
    s.ink(SHEER, lw * 1.25, taper=.5)
    s.ink(KEEL, lw * 1.15, taper=.45)
    s.ink([(990, -430), (1040, -520), (1030, -545)], lw * 1.1, taper=.5)
    s.ink([(-975, -330), (-1012, -392), (-1004, -408)], lw * 1.0, taper=.5)


def reflection(s, cx, y, k, op=.2):
    for i in range(34):
        t = s.rng.random()
        w = 900 * k * (1 - .55 * t) * s.rng.uniform(.15, .5)
        x = cx + s.rng.gauss(0, 360 * k * (1 - .3 * t))
        yy = y + 300 * k * t
        s.ink([(x - w / 2, yy), (x, yy + 6 * k), (x + w / 2, yy)], 9 * k * (1 - .4 * t), LAMP, op * (1 - .7 * t), taper=.05, n=5)


def art_ghe_cau(out):
    s = Sheet(3000, 2200, "ghe-cau")
    s.night()
    s.glow(1750, 900, 1500, 1100, op=.17)
    s.horizon(1500, .26)
    s.sea(1520, 1600, 1500, 900, 40, .26, 3)
    afloat(s, 1490, 1690, 1.06, 9.5, True)
    s.sea(1790, 1990, 1500, 760, 70, .36, 6)
    reflection(s, 1500, 1780, 1.0, .16)
    s.caption("Nhà trưng bày Hải đội Hoàng Sa kiêm quản Bắc Hải, Lý Sơn")
    s.save(out, "art-ghe-cau", "Ghe câu, hình vẽ minh họa")

    s = Sheet(3000, 2200, "ghe-cau-2")
    s.night()
    s.glow(2050, 760, 1500, 900, op=.15)
    s.horizon(930, .34)
    s.sea(945, 1010, 1600, 1100, 50, .22, 2.5)
    s.sea(1030, 1950, 1400, 1000, 130, .26, 5)
    for x, y, k in ((2125, 960, .135), (2760, 1000, .17), (1740, 1130, .26), (2390, 1510, .40), (850, 1690, .74)):
        reflection(s, x, y + 90 * k, k, .2)
        afloat(s, x, y, k, 9.5 if k > .35 else 12, k > .35)
    s.caption("Nhà trưng bày Hải đội Hoàng Sa kiêm quản Bắc Hải, Lý Sơn")
    s.save(out, "art-ghe-cau-2", "Năm chiếc thuyền câu, hình vẽ minh họa")


def afloat(s, x, y, k, lw, full):
    """The boat with its foot hidden by the water, and the bow wave."""
    n, x0, x1, wy = 12, x - 1010 * k, x + 1010 * k, y + 46 * k
    top = [(x0 + (x1 - x0) * i / n, wy + (10 if i % 2 else -8) * k) for i in range(n + 1)]
    s.open_clip([(0, 0), (s.w, 0), (s.w, wy)] + spline(top, 6)[::-1] + [(0, wy)])
    group(s, x, y, k)
    boat(s, lw, full)
    s.end()
    s.end()
    s.ink(top, 7 * max(.45, k), op=.8, taper=.05)
    for j in range(1, 4):
        q = [(a + s.rng.uniform(-20, 20) * k, b + 26 * j * k) for a, b in top[j:n + 1 - j]]
        s.ink(q, 5 * max(.4, k), op=.46 - .1 * j, taper=.05)


# ---------------------------------------------------------------- the stele
def sand(s, y, w, h):
    top = spline([(0, y + 40), (w * .2, y + 6), (w * .45, y - 14), (w * .75, y + 8), (w, y + 34)])
    g = s.grad("linear", [(0, "#3A4B50", .95), (.5, "#22394A", .9), (1, "#0E2130", .6)], 'x1="0" y1="0" x2="0" y2="1"')
    s.poly(top + [(w, h), (0, h)], g)
    s.ink([(0, y + 40), (w * .2, y + 6), (w * .45, y - 14), (w * .75, y + 8), (w, y + 34)], 5, op=.5)
    for _ in range(150):
        x, t = s.rng.uniform(0, w), s.rng.random()
        yy = y + 46 + t * (h - y - 380)
        ln = s.rng.uniform(10, 46)
        s.ink([(x, yy), (x + ln / 2, yy - 3), (x + ln, yy + 1)], 3, op=s.rng.uniform(.12, .34), taper=.2, n=3)


def scrub(s, x, y, k, n=13):
    for i in range(n):
        a = math.radians(-90 + (i - n / 2 + .5) * 9.5 + s.rng.uniform(-6, 6))
        ln = s.rng.uniform(70, 150) * k
        b = (x + math.cos(a) * ln, y + math.sin(a) * ln)
        m = lerp((x, y), b, .6)
        s.ink([(x + (i - n / 2) * 7 * k, y), (m[0] + 4, m[1] - 10 * k), b], 6 * k, op=.75, taper=.12)


def coral(s, x, y, k):
    p = [(x + math.cos(a / 8 * 6.283) * k * s.rng.uniform(46, 66), y - 20 * k + math.sin(a / 8 * 6.283) * k * s.rng.uniform(22, 34)) for a in range(8)]
    e = spline(p, 5, True)
    s.poly(e, "#22394A")
    s.wash(e, LAMP, .2, 2, 3)
    s.ink(p + [p[0]], 5, op=.85)
    for _ in range(5):
        s.add('<circle cx="%s" cy="%s" r="%s" fill="none" stroke="%s" stroke-width="2.5" stroke-opacity=".55"/>'
              % (f(x + s.rng.uniform(-30, 30) * k), f(y - 20 * k + s.rng.uniform(-13, 13) * k), f(s.rng.uniform(3, 6) * k), LAMP))


def slab(s, x0, y0, x1, y1, dx, dy, op=.22):
    """A block seen a little from the right and from above."""
    front = [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
    side = [(x1, y0), (x1 + dx, y0 + dy), (x1 + dx, y1 + dy), (x1, y1)]
    top = [(x0, y0), (x0 + dx, y0 + dy), (x1 + dx, y0 + dy), (x1, y0)]
    s.poly(front, "#1D3646")
    s.poly(front, s.grad("linear", [(0, LAMP, op * 1.2), (.6, LAMP, op * .7), (1, LAMP, op * .35)], 'x1="0.1" y1="0" x2="0.7" y2="1"'))
    s.poly(side, "#0C1C2A")
    s.poly(top, "#2E4753")
    s.wash(top, LAMP, op * 1.3, 2, 3)
    s.hatch(side, 62, 17, 3, .34)
    for p in (top, side, front):
        s.outline(p, 7)
    return front


def weather(s, x0, y0, x1, y1, n):
    for _ in range(n):
        x, y = s.rng.uniform(x0 + 20, x1 - 20), s.rng.uniform(y0 + 20, y1 - 20)
        ln = s.rng.uniform(6, 30)
        s.ink([(x, y), (x + ln * .6, y + s.rng.uniform(-5, 8)), (x + ln, y + s.rng.uniform(-3, 6))], 3, op=s.rng.uniform(.1, .28), taper=.2, n=3)


def incise(s, x, y, t, size, weight=600):
    s.text(x + 3, y + 4, t, size, SERIF, weight, DEEP, "middle", .85)
    s.text(x, y, t, size, SERIF, weight, "#F9E9C2", "middle")


def art_bia(out):
    holding = "Bản phục dựng tại Nhà trưng bày Hoàng Sa (Đà Nẵng)"
    s = Sheet(2400, 2400, "bia")
    s.night()
    s.glow(1080, 900, 1250, 1100, op=.17)
    s.horizon(1440, .3)
    s.sea(1452, 1600, 1200, 800, 90, .3, 3)
    sand(s, 1660, 2400, 2400)
    s.add('<ellipse cx="1300" cy="1905" rx="960" ry="80" fill="%s" fill-opacity=".42"/>' % DEEP)
    slab(s, 440, 1760, 1800, 1890, 230, -84)
    slab(s, 560, 1650, 1680, 1760, 190, -70)
    x0, y0, x1, y1 = 650, 300, 1590, 1650
    fr = slab(s, x0, y0, x1, y1, 150, -62, .26)
    s.open_clip(fr)
    weather(s, x0, y0, x1, y1, 210)
    for p in ([(650, 1400), (720, 1370), (745, 1280), (735, 1210)], [(1590, 520), (1540, 560), (1525, 640)], [(1240, 1650), (1262, 1590), (1250, 1540)]):
        s.ink(p, 4, op=.5, taper=.1)
    s.end()
    i0 = 52
    s.outline([(x0 + i0, y0 + i0), (x1 - i0, y0 + i0), (x1 - i0, y1 - i0), (x0 + i0, y1 - i0)], 4, op=.6)
    cx = (x0 + x1) / 2
    for y, ws in ((470, (230, 250)), (560, (150, 40, 190))):     # first lines: sources differ, so not drawn
        tot = sum(ws) + 34 * (len(ws) - 1)
        x = cx - tot / 2
        for w in ws:
            s.add('<rect x="%s" y="%s" width="%s" height="40" rx="12" fill="%s" fill-opacity=".22"/>' % (f(x), f(y - 34), f(w), LAMP))
            x += w + 34
    s.ink([(cx - 130, 664), (cx, 661), (cx + 130, 664)], 5, op=.7, taper=.1)
    incise(s, cx, 820, "Archipel des Paracels", 76)
    incise(s, cx, 1004, "1816", 168)
    s.ink([(cx - 130, 1092), (cx, 1089), (cx + 130, 1092)], 5, op=.7, taper=.1)
    incise(s, cx, 1246, "Île de Pattle", 76)
    incise(s, cx, 1430, "1938", 168)
    scrub(s, 380, 1930, 1.0)
    scrub(s, 2130, 1880, .9)
    scrub(s, 2230, 1925, .7, 9)
    coral(s, 640, 1990, 1.0)
    coral(s, 1930, 1985, 1.25)
    coral(s, 2070, 2010, .8)
    s.caption(holding)
    s.save(out, "art-bia-1938", "Bia trên đảo Hoàng Sa, hình vẽ minh họa")

    s = Sheet(2400, 2400, "bia-2")
    s.night()
    s.glow(1250, 900, 1150, 1100, op=.16)
    s.horizon(1440, .3)
    s.sea(1452, 1600, 1200, 800, 90, .3, 3)
    sand(s, 1660, 2400, 2400)
    s.add('<ellipse cx="1260" cy="1905" rx="640" ry="70" fill="%s" fill-opacity=".42"/>' % DEEP)
    slab(s, 800, 1760, 1440, 1890, 330, -84)
    slab(s, 900, 1650, 1340, 1760, 290, -72)
    fr = slab(s, 1000, 300, 1240, 1650, 250, -70, .30)
    s.open_clip(fr)
    weather(s, 1000, 300, 1240, 1650, 110)
    s.ink([(1000, 1180), (1040, 1150), (1056, 1080), (1100, 1040)], 4, op=.5, taper=.1)
    s.end()
    scrub(s, 640, 1930, 1.0)
    scrub(s, 1960, 1890, .9)
    coral(s, 860, 1990, 1.0)
    coral(s, 1760, 1985, 1.2)
    s.caption(holding)
    s.save(out, "art-bia-1938-2", "Bia nhìn từ bên cạnh, hình vẽ minh họa")


# ---------------------------------------------------------------- the weather station
def art_tram(out):
    s = Sheet(3000, 2200, "tram")
    s.night()
    s.glow(1300, 800, 1500, 1050, op=.16)
    s.horizon(1290, .3)
    s.sea(1302, 1440, 1500, 1100, 110, .28, 3)
    sand(s, 1500, 3000, 2200)
    # mast
    X, B, T = 1950, 1640, 210
    for gx, gy in ((1560, 1680), (2380, 1665), (2130, 1760)):
        for h in (430, 900):
            s.ink([(X, h), (lerp((X, h), (gx, gy), .5)[0], lerp((X, h), (gx, gy), .5)[1] + 16), (gx, gy)], 3.5, op=.55, taper=.9)
        s.ink([(gx - 24, gy + 12), (gx, gy - 34), (gx + 6, gy + 16)], 7)
    for d in (-1, 1):                                      # lattice mast
        s.ink([(X + d * 62, B), (X + d * 38, 900), (X + d * 15, 330)], 8, taper=.7)
    y, i = B, 0
    while y > 350:
        t = (B - y) / (B - 330)
        w = 62 - 47 * t
        y2 = y - (74 - 30 * t)
        t2 = (B - y2) / (B - 330)
        w2 = 62 - 47 * t2
        d = 1 if i % 2 else -1
        s.ink([(X - d * w, y), (X, (y + y2) / 2), (X + d * w2, y2)], 4.5, op=.8, taper=.8)
        s.ink([(X - w, y), (X, y + 1), (X + w, y)], 4, op=.7, taper=.8)
        y, i = y2, i + 1
    s.ink([(X, 345), (X, 260), (X, T - 60)], 11, taper=.7)
    slab(s, X - 110, B, X + 110, B + 60, 60, -26)
    # cross arm: cups left, vane right
    s.ink([(X - 250, 330), (X, 326), (X + 250, 330)], 9, taper=.7)
    s.ink([(X - 240, 330), (X - 240, 290), (X - 240, 250)], 8, taper=.8)
    for d in (-1, 1):                                      # two cups from the side, one from the front
        c = (X - 240 + d * 112, 244)
        s.ink([(X - 240, 246), lerp((X - 240, 246), c, .5), c], 6, taper=.8)
        cup = ell(c[0], c[1], 44, 44, -90, 90, 14) if d > 0 else ell(c[0], c[1], 44, 44, 90, 270, 14)
        s.poly(cup, "#27465A")
        s.wash(cup, LAMP, .3, 2, 2)
        s.ink(cup, 6)
        s.poly(ell(c[0], c[1], 12, 44), "#122B3E")
        s.ink(ell(c[0], c[1], 12, 44), 5)
    s.poly(ell(X - 240, 250, 46, 46), "#122B3E")
    s.wash(ell(X - 240, 250, 46, 46), LAMP, .22, 2, 2)
    s.ink(ell(X - 240, 250, 46, 46), 6)
    s.ink(ell(X - 240, 250, 26, 26, 20, 300), 4, op=.7)
    s.ink([(X + 240, 330), (X + 240, 270), (X + 240, 214)], 8, taper=.8)
    s.ink([(X + 60, 236), (X + 240, 226), (X + 400, 217)], 8, taper=.7)
    fin = [(X + 330, 152), (X + 450, 130), (X + 430, 214), (X + 458, 296), (X + 336, 282), (X + 356, 218)]
    s.poly(fin, "#1D3646")
    s.wash(fin, LAMP, .34, 2, 3)
    s.outline(fin, 6)
    s.outline([(X + 60, 236), (X + 104, 204), (X + 98, 264)], 6)
    # instrument screen
    ox, oy = 620, 560
    W, H, dx, dy = 640, 500, 190, -92
    for a, b in (((ox + dx, oy + H + dy), (ox + dx - 30, 1570)), ((ox + 60, oy + H), (ox - 20, 1650)), ((ox + W - 60, oy + H), (ox + W + 10, 1680)), ((ox + W + dx - 30, oy + H + dy), (ox + W + dx + 60, 1590))):
        for k in (-13, 13):
            s.ink([(a[0] + k, a[1]), (lerp(a, b, .5)[0] + k, lerp(a, b, .5)[1]), (b[0] + k, b[1])], 7, taper=.8)
        s.poly([(a[0] - 13, a[1]), (a[0] + 13, a[1]), (b[0] + 13, b[1]), (b[0] - 13, b[1])], LAMP, .18)
        s.ink([(b[0] - 40, b[1] + 6), (b[0], b[1] + 12), (b[0] + 46, b[1] + 4)], 6, op=.8)
    s.ink([(ox + 36, oy + H + 240), (ox + 330, oy + H + 90), (ox + W - 50, oy + H + 20)], 6, op=.8, taper=.8)
    s.ink([(ox + 66, oy + H + 20), (ox + 300, oy + H + 160), (ox + W - 20, oy + H + 260)], 6, op=.8, taper=.8)
    front = [(ox, oy), (ox + W, oy), (ox + W, oy + H), (ox, oy + H)]
    side = [(ox + W, oy), (ox + W + dx, oy + dy), (ox + W + dx, oy + H + dy), (ox + W, oy + H)]
    s.poly(front, "#243F50")
    s.poly(side, "#0F2231")
    s.poly(front, s.grad("linear", [(0, LAMP, .34), (1, LAMP, .12)], 'x1="0" y1="0" x2="1" y2="1"'))

    def louvre(p0, p1, q0, q1, n):
        for i in range(n):
            t0, t1 = i / n, (i + .62) / n
            a, b, c, d = lerp(p0, q0, t0), lerp(p1, q1, t0), lerp(p1, q1, t1), lerp(p0, q0, t1)
            s.poly([a, b, c, d], LAMP, .13)
            s.poly([d, c, lerp(p1, q1, (i + 1) / n), lerp(p0, q0, (i + 1) / n)], DEEP, .5)
            s.ink([a, lerp(a, b, .5), b], 4, op=.75, taper=.8)
            s.ink([d, lerp(d, c, .5), c], 5, op=.95, taper=.8)
    m = 34
    for xa, xb in ((ox + m, ox + W / 2 - 14), (ox + W / 2 + 14, ox + W - m)):
        louvre((xa, oy + m), (xb, oy + m), (xa, oy + H - m), (xb, oy + H - m), 11)
        s.outline([(xa, oy + m), (xb, oy + m), (xb, oy + H - m), (xa, oy + H - m)], 5)
    louvre((ox + W + 22, oy + m - 8), (ox + W + dx - 20, oy + dy + m), (ox + W + 22, oy + H - m - 8), (ox + W + dx - 20, oy + H + dy - m), 11)
    s.outline(front, 8)
    s.outline(side, 7)
    for hx in (-26, 26):
        s.ink(ell(ox + W / 2 + hx, oy + H * .52, 9, 9), 5)
    # double roof
    for k, (gap, ov) in enumerate(((0, 40), (44, 66))):
        yb = oy - 8 - gap
        a, b = (ox - ov, yb), (ox + W + ov * .4, yb)
        c, d = (ox + W + dx + ov * .7, yb + dy - 16), (ox + dx - ov * .6, yb + dy - 16)
        s.poly([a, b, c, d], "#2A4657")
        s.poly([a, b, c, d], LAMP, .22 if k else .1)
        s.poly([a, b, (b[0], b[1] + 24), (a[0], a[1] + 24)], "#1C3647")
        s.poly([b, c, (c[0], c[1] + 24), (b[0], b[1] + 24)], "#0D1F2D")
        s.outline([a, b, (b[0], b[1] + 24), (a[0], a[1] + 24)], 6)
        s.outline([b, c, (c[0], c[1] + 24), (b[0], b[1] + 24)], 6)
        s.outline([a, b, c, d], 7)
    # steps in front of the door
    slab(s, ox + 190, 1600, ox + 470, 1650, 70, -30)
    slab(s, ox + 150, 1650, ox + 510, 1706, 80, -34)
    scrub(s, 420, 1735, .9)
    scrub(s, 1560, 1790, .8)
    scrub(s, 2700, 1700, 1.0)
    coral(s, 1390, 1780, 1.0)
    coral(s, 2480, 1830, 1.1)
    # data card
    cx, cy, cw, ch = 2350, 700, 520, 470
    s.add('<rect x="%d" y="%d" width="%d" height="%d" rx="20" fill="#0B1C2C" fill-opacity=".82" stroke="%s" stroke-width="4"/>' % (cx, cy, cw, ch, LAMP))
    s.text(cx + 44, cy + 76, "Số hiệu quốc tế", 38)
    s.text(cx + 44, cy + 124, "International number", 34, op=.85)
    s.text(cx + 44, cy + 250, "48860", 126, SERIF, 600, LAMP)
    s.add('<rect x="%d" y="%d" width="%d" height="3" fill="%s" fill-opacity=".4"/>' % (cx + 44, cy + 292, cw - 88, LAMP))
    s.text(cx + 44, cy + 362, "16°33′ bắc · N", 46, SERIF, 500, "#F7F0E0")
    s.text(cx + 44, cy + 424, "111°37′ đông · E", 46, SERIF, 500, "#F7F0E0")
    s.caption("Tư liệu, ảnh và hồi ức nhân viên; Nhà trưng bày Hoàng Sa")
    s.save(out, "art-tram-khi-tuong", "Cột gió và lều khí tượng, hình vẽ minh họa")


# ---------------------------------------------------------------- mat and kit
def tie(s, c, u, v, r, ry):
    """Rattan round a roll at axis point c (u along the axis, v across)."""
    for o in (-13, 0, 13):
        arc = []
        for i in range(15):
            a = math.pi * (i / 14 - .5)
            arc.append((c[0] + u[0] * (o + ry * math.cos(a)) + v[0] * r * math.sin(a), c[1] + u[1] * (o + ry * math.cos(a)) + v[1] * r * math.sin(a)))
        s.ink(arc, 8, taper=.7)


def art_hanh_trang(out):
    s = Sheet(3000, 2200, "hanh-trang")
    s.night()
    s.glow(1450, 1050, 1500, 1000, op=.18)
    s.add('<g transform="translate(0 -170)">')
    # mat spread below
    quad = [(330, 1180), (2480, 800), (2830, 1560), (560, 1985)]
    s.poly(quad, "#142E42")
    s.wash(quad, LAMP, .1, 3, 8)
    s.open_clip(quad)
    n = 46
    for i in range(n + 1):
        t = i / n
        a, b = lerp(quad[0], quad[3], t), lerp(quad[1], quad[2], t)
        s.ink([a, lerp(a, b, .33), lerp(a, b, .66), b], 3, op=.2, taper=.9, n=3)
    for i in range(15):
        t = (i + .5) / 15
        a, b = lerp(quad[0], quad[1], t), lerp(quad[3], quad[2], t)
        s.ink([a, lerp(a, b, .5), b], 3, op=.22, taper=.9, n=3)
    for k in (.08, .92):
        for o in (-.012, .012):
            s.ink([lerp(quad[0], quad[1], k + o), lerp(quad[3], quad[2], k + o)], 6, op=.5, taper=.9)
    s.end()
    s.outline(quad, 6, op=.7)
    # the roll
    A, B = (620, 1310), (1870, 900)
    L = math.dist(A, B)
    u = ((B[0] - A[0]) / L, (B[1] - A[1]) / L)
    v = (-u[1], u[0])
    r, ry = 235, 96
    P = lambda a, h: (A[0] + u[0] * a + v[0] * h, A[1] + u[1] * a + v[1] * h)
    endc = [P(L + ry * math.cos(q), r * math.sin(q)) for q in [math.pi * (i / 14 - .5) for i in range(15)]]
    body = [P(0, -r)] + endc + [P(0, r)]
    full = [P(-ry * math.cos(q), r * math.sin(q)) for q in [math.pi * (i / 14 - .5) for i in range(15)]]
    shadow = [P(-60, r * .7), P(L + 130, r * .7), P(L + 120, r * 1.32), P(40, r * 1.42)]
    s.wash(spline(shadow, 6, True), DEEP, .6, 3, 12)
    sil = endc + full[::-1]
    s.poly(sil, "#1B384B")
    for k, o in ((0, .10), (1, .10), (2, .10)):
        hi = [P(-120, -r * (.95 - .12 * k)), P(L + 160, -r * (.95 - .12 * k)), P(L + 160, -r * (.25 - .2 * k)), P(-120, -r * (.25 - .2 * k))]
        s.open_clip(sil)
        s.poly(hi, LAMP, o)
        s.end()
    s.open_clip(sil)
    for i in range(1, 40):                                  # reeds along the roll
        a = math.pi * (i / 40 - .5)
        h = r * math.sin(a)
        s.ink([P(-20, h), P(L * .5, h + s.rng.uniform(-2, 2)), P(L + ry * math.cos(a), h)], 3.2, op=.30 if h < 60 else .20, taper=.9, n=3)
    for i in range(1, 17):                                  # warp strings round it
        c = P(L * i / 17, 0)
        arc = [(c[0] + u[0] * ry * math.cos(q) + v[0] * r * math.sin(q), c[1] + u[1] * ry * math.cos(q) + v[1] * r * math.sin(q)) for q in [math.pi * (k / 12 - .5) for k in range(13)]]
        s.ink(arc, 3, op=.34, taper=.8, n=4)
    s.poly([P(-100, r * .45), P(L + 140, r * .45), P(L + 140, r * 1.1), P(-100, r * 1.1)], DEEP, .36)
    s.end()
    for t in (.17, .5, .83):
        tie(s, P(L * t, 0), u, v, r + 5, ry)
        k = P(L * t + ry * .82, -r * .34)
        s.poly(ell(k[0], k[1], 34, 24, rot=-18), "#2E4A59")
        s.ink(ell(k[0], k[1], 34, 24, rot=-18), 7)
        s.ink([k, (k[0] + 40, k[1] + 60), (k[0] + 24, k[1] + 130)], 6, taper=.2)
        s.ink([k, (k[0] + 84, k[1] + 34), (k[0] + 104, k[1] + 104)], 6, taper=.2)
    s.ink([P(0, -r), P(L * .5, -r - 3), P(L, -r)], 9, taper=.6)
    s.ink([P(0, r), P(L * .5, r + 3), P(L, r)], 9, taper=.6)
    s.ink(endc, 9, taper=.6)
    E = [P(ry * math.cos(q), r * math.sin(q)) for q in [math.tau * i / 36 for i in range(37)]]
    s.poly(E, "#122B3E")
    s.wash(E, LAMP, .18, 2, 3)
    s.ink(E, 9, taper=.8)
    for k, o in ((0, 1), (11, .5)):                          # spiral of the rolled edge
        sp = []
        for i in range(150):
            q = math.tau * i / 34 + .6
            g = (r - 16 - k) * (1 - i / 158)
            sp.append(P(ry / r * g * math.cos(q), g * math.sin(q)))
        s.ink(sp, 5.5, op=o, taper=.4, n=2)
    # rattan coil
    c = (860, 1740)
    s.add('<ellipse cx="%d" cy="%d" rx="330" ry="112" fill="%s" fill-opacity=".5"/>' % (c[0] + 20, c[1] + 46, DEEP))
    for i in range(9):
        rx, ry2 = 290 - (i % 3) * 26 + s.rng.uniform(-8, 8), 104 - (i % 3) * 11
        e = ell(c[0] + s.rng.uniform(-10, 10), c[1] - i * 9 + s.rng.uniform(-5, 5), rx, ry2, s.rng.uniform(0, 360), 0, 2)
        a0 = s.rng.uniform(0, 360)
        s.ink(ell(c[0] + s.rng.uniform(-8, 8), c[1] + 26 - i * 10, rx, ry2, a0, a0 + 350, 30), 8.5, op=.55 + .05 * i, taper=.5, n=4)
    for a in (40, 150, 265):
        q = ell(c[0], c[1] - 18, 262, 92, a, a + 1, 1)[0]
        for d in (-12, 0, 12):
            s.ink([(q[0] + d - 20, q[1] - 50), (q[0] + d + 8, q[1]), (q[0] + d + 20, q[1] + 44)], 8, taper=.6)
    s.ink([(1130, 1720), (1240, 1700), (1330, 1770), (1450, 1745)], 8.5, taper=.15)
    # pot
    p = (2190, 1270)
    s.add('<ellipse cx="%d" cy="%d" rx="400" ry="86" fill="%s" fill-opacity=".55"/>' % (p[0] + 30, p[1] + 232, DEEP))
    pot = [(p[0] - 238, p[1] - 108), (p[0] - 330, p[1] + 30), (p[0] - 268, p[1] + 180), (p[0] - 120, p[1] + 250), (p[0] + 120, p[1] + 250), (p[0] + 268, p[1] + 180), (p[0] + 330, p[1] + 30), (p[0] + 238, p[1] - 108)]
    e = spline(pot, 8)
    s.poly(e, "#17303F")
    s.poly(e, s.grad("radial", [(0, LAMP, .42), (.5, LAMP, .12), (1, LAMP, 0)], 'cx="0.33" cy="0.3" r="0.75"'))
    s.open_clip(e)
    for i in range(52):
        t = i / 51
        x = p[0] + 20 + 320 * t
        s.ink([(x, p[1] - 60 + 120 * t), (x + 20, p[1] + 80), (x - 40, p[1] + 250)], 3, op=.04 + .34 * t, taper=.2, n=4)
    for yy in (10, 62):
        s.ink(ell(p[0], p[1] + yy - 46, 334, 88, 8, 172, 20), 4, op=.5, taper=.3)
    s.end()
    s.ink(pot, 9.5, taper=.6)
    rim = ell(p[0], p[1] - 110, 250, 66)
    s.poly(rim, "#0A1926")
    s.ink(rim, 8, taper=.8)
    lid = ell(p[0], p[1] - 128, 228, 56, 0, 180, 20) + spline([(p[0] - 228, p[1] - 128), (p[0] - 130, p[1] - 214), (p[0], p[1] - 240), (p[0] + 130, p[1] - 214), (p[0] + 228, p[1] - 128)], 8)
    s.poly(lid, "#223D4E")
    s.poly(lid, s.grad("linear", [(0, LAMP, .36), (1, LAMP, .05)], 'x1="0.1" y1="0" x2="1" y2="0.6"'))
    s.ink([(p[0] - 228, p[1] - 128), (p[0] - 130, p[1] - 214), (p[0], p[1] - 240), (p[0] + 130, p[1] - 214), (p[0] + 228, p[1] - 128)], 8.5, taper=.6)
    s.ink(ell(p[0], p[1] - 128, 228, 56, 0, 180, 20), 7, taper=.6)
    kn = ell(p[0], p[1] - 262, 42, 30)
    s.poly(kn, "#2E4A59")
    s.ink(kn, 7)
    for d in (-1, 1):
        s.ink([(p[0] + d * 306, p[1] - 34), (p[0] + d * 392, p[1] - 54), (p[0] + d * 386, p[1] + 40), (p[0] + d * 322, p[1] + 50)], 11, taper=.6)
    # bowls and ladle
    for bx, by in ((1760, 1640), (1740, 1560)):
        bowl = [(bx - 150, by - 40), (bx - 118, by + 56), (bx - 54, by + 100), (bx + 54, by + 100), (bx + 118, by + 56), (bx + 150, by - 40)]
        e = spline(bowl, 7)
        s.poly(e, "#1B3547")
        s.wash(e, LAMP, .14, 2, 3)
        s.ink(bowl, 7.5, taper=.6)
        s.poly(ell(bx, by - 40, 150, 44), "#0D2030")
        s.ink(ell(bx, by - 40, 150, 44), 7, taper=.8)
        s.ink(ell(bx, by - 34, 118, 28, 10, 170, 16), 4, op=.5)
    s.ink([(2590, 1430), (2380, 1580), (2210, 1700)], 16, taper=.7)
    sc = ell(2150, 1740, 92, 50, rot=-32)
    s.poly(sc, "#1B3547")
    s.wash(sc, LAMP, .2, 2, 3)
    s.ink(sc, 8, taper=.8)
    s.ink(ell(2150, 1732, 62, 27, rot=-32), 4, op=.6)
    s.end()
    s.caption("Nhà trưng bày Hải đội Hoàng Sa kiêm quản Bắc Hải, Lý Sơn")
    s.save(out, "art-hanh-trang", "Chiếu cuộn, dây mây và đồ nấu ăn, hình vẽ minh họa")


# ---------------------------------------------------------------- the ceremony
def effigy(s, x, y, k):
    robe = [(x, y - 150 * k), (x + 52 * k, y - 120 * k), (x + 66 * k, y - 20 * k), (x + 92 * k, y + 90 * k), (x, y + 102 * k), (x - 92 * k, y + 90 * k), (x - 66 * k, y - 20 * k), (x - 52 * k, y - 120 * k)]
    e = spline(robe, 6, True)
    s.poly(e, "#1D3A4D")
    s.wash(e, LAMP, .26, 3, 4)
    s.ink(robe + [robe[0]], 6, taper=.6)
    s.ink([(x - 8 * k, y - 148 * k), (x + 14 * k, y - 96 * k), (x - 4 * k, y - 20 * k), (x, y + 98 * k)], 4, op=.7)
    s.ink([(x - 62 * k, y - 20 * k), (x, y - 4 * k), (x + 62 * k, y - 20 * k)], 6, taper=.7)
    s.ink([(x - 52 * k, y - 112 * k), (x - 84 * k, y - 40 * k), (x - 22 * k, y - 40 * k)], 6, taper=.5)
    s.ink([(x + 52 * k, y - 112 * k), (x + 84 * k, y - 40 * k), (x + 22 * k, y - 40 * k)], 6, taper=.5)
    for dx in (-44, 44):
        s.ink([(x + dx * .5 * k, y + 10 * k), (x + dx * .8 * k, y + 92 * k)], 3, op=.5)
    h = ell(x, y - 190 * k, 40 * k, 46 * k)
    s.poly(h, "#2A485A")
    s.wash(h, LAMP, .34, 2, 2)
    s.ink(h, 6, taper=.8)
    s.ink([(x - 46 * k, y - 206 * k), (x, y - 222 * k), (x + 46 * k, y - 206 * k)], 9, taper=.6)
    s.ink([(x - 30 * k, y - 222 * k), (x, y - 262 * k), (x + 30 * k, y - 222 * k)], 6, taper=.6)


def tablet(s, x, y, w, h):
    body = [(x - w / 2, y - h * .78), (x - w * .3, y - h * .94), (x, y - h), (x + w * .3, y - h * .94), (x + w / 2, y - h * .78)]
    e = spline(body, 5) + [(x + w / 2, y), (x - w / 2, y)]
    s.poly(e, "#1D3646")
    s.poly(e, s.grad("linear", [(0, LAMP, .34), (1, LAMP, .1)], 'x1="0" y1="0" x2="1" y2="1"'))
    s.ink([(x - w / 2, y)] + body + [(x + w / 2, y)], 5.5, taper=.7)
    for i in range(4):
        s.add('<rect x="%s" y="%s" width="%s" height="%s" rx="5" fill="%s" fill-opacity=".34"/>' % (f(x - w * .13), f(y - h * .76 + i * h * .165), f(w * .26), f(h * .105), LAMP))
    s.outline([(x - w * .66, y), (x + w * .66, y), (x + w * .66, y + 20), (x - w * .66, y + 20)], 5)
    s.poly([(x - w * .66, y), (x + w * .66, y), (x + w * .66, y + 20), (x - w * .66, y + 20)], LAMP, .2)


def art_khao_le(out):
    s = Sheet(3000, 2200, "khao-le")
    s.night()
    s.glow(1500, 880, 1500, 900, op=.19)
    s.glow(1500, 1640, 700, 240, op=.16)
    # ritual boat on two trestles
    hx, hy = 1500, 1120
    q = lambda pts: [(hx + x, hy + y) for x, y in pts]
    sheer = q([(-1060, -330), (-800, -176), (-400, -84), (0, -60), (400, -84), (800, -190), (1100, -392)])
    keel = q([(-1060, -330), (-960, -120), (-700, 60), (-300, 124), (0, 132), (300, 124), (720, 40), (980, -160), (1100, -392)])
    far = q([(-1060, -330), (-760, -212), (-300, -146), (200, -140), (760, -222), (1100, -392)])
    for tx in (-560, 560):
        for d in (-1, 1):
            s.ink([(hx + tx - d * 40, hy + 90), (hx + tx + d * 60, hy + 300), (hx + tx + d * 150, hy + 560)], 12, taper=.7)
        s.ink([(hx + tx - 86, hy + 330), (hx + tx, hy + 334), (hx + tx + 86, hy + 330)], 8, taper=.7)
    S, K, F = spline(sheer), spline(keel), spline(far)
    s.poly(F + S[::-1], "#0A1926")
    s.ink(far, 6, op=.85)
    # small mast and sail
    for a, b in (((hx + 30, 180), (hx + 1085, hy - 386)), ((hx + 30, 180), (hx - 1050, hy - 326))):
        s.ink([a, (lerp(a, b, .5)[0], lerp(a, b, .5)[1] + 50), b], 4, op=.7, taper=.9)
        for i in range(1, 8):                               # paper streamers on the stays
            t = i / 8
            p = (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t + 4 * t * (1 - t) * 50)
            if -400 < p[0] - hx < 190:
                continue
            ln = 96
            strip = [(p[0] - 16, p[1] + 4), (p[0] + 16, p[1] + 4), (p[0] + 22, p[1] + ln), (p[0] + 2, p[1] + ln - 18), (p[0] - 14, p[1] + ln)]
            s.poly(strip, LAMP, .24)
            s.outline(strip, 4, op=.85)
    mast(s, (hx + 30, hy - 110), (hx + 30, 170), 26)
    sail(s, (hx + 110, 520), (hx - 330, 545), (hx - 150, 205), (hx + 130, 330), 70, 8, 4, 6)
    for i, x in enumerate((-640, -330, 330, 610)):
        effigy(s, hx + x, hy - 150 - (12 if abs(x) > 500 else 0), 1.16)
    effigy(s, hx + 30 - 70, hy - 120, 1.16)
    hull = S + K[::-1]
    s.poly(hull, "#122C40")
    s.poly(hull, s.grad("linear", [(0, LAMP, .34), (.5, LAMP, .13), (1, LAMP, .03)], 'x1="0.5" y1="0" x2="0.5" y2="1"'))
    for k in range(1, 5):
        row = [lerp(at(S, i / 24), at(K, i / 24), k / 5) for i in range(25)]
        s.ink(row[1:-1:2] + [row[-1]], 4.5, op=.6, taper=.5)
    # a band of wave scallops painted along the side
    row = [lerp(at(S, i / 44), at(K, i / 44), .3) for i in range(45)]
    for a, b in zip(row[3:-4:2], row[5:-2:2]):
        m = lerp(a, b, .5)
        s.ink([a, lerp(a, (m[0], m[1] + 44), .6), (m[0], m[1] + 34), lerp(b, (m[0], m[1] + 44), .6), b], 4.5, op=.85, taper=.4, n=4)
    s.ink(sheer, 11, taper=.5)
    s.ink(keel, 10, taper=.45)
    s.ink([(hx + 1092, hy - 380), (hx + 1150, hy - 470), (hx + 1118, hy - 500), (hx + 1090, hy - 470)], 9, taper=.3)
    s.ink([(hx - 1052, hy - 322), (hx - 1108, hy - 400), (hx - 1080, hy - 424), (hx - 1056, hy - 400)], 9, taper=.3)
    # altar table with tablets
    ty = 1660
    tops = [(560, ty), (2440, ty), (2560, ty + 70), (440, ty + 70)]
    s.poly(tops, "#1E3A4C")
    s.wash(tops, LAMP, .2, 3, 3)
    face = [(440, ty + 70), (2560, ty + 70), (2560, ty + 250), (440, ty + 250)]
    s.poly(face, "#0F2434")
    s.hatch(face, 90, 26, 2.5, .16)
    for i in range(14):
        x0, x1 = 440 + i * 2120 / 14, 440 + (i + 1) * 2120 / 14
        s.ink([(x0, ty + 74), ((x0 + x1) / 2, ty + 136), (x1, ty + 74)], 5, op=.8, taper=.4)
    s.outline(tops, 7)
    s.outline(face, 7)
    for i in range(5):
        for d in (-1, 1):
            tablet(s, 1500 + d * (270 + i * 158), ty + 14, 96, 190)
    # incense bowl and smoke
    for dx in (-46, -16, 16, 46):
        s.ink([(1500 + dx * .6, ty - 40), (1500 + dx * .9, ty - 120), (1500 + dx * 1.2, ty - 210)], 4.5, taper=.7)
        s.add('<circle cx="%s" cy="%s" r="7" fill="%s"/>' % (f(1500 + dx * 1.2), f(ty - 212), LAMP))
    for k, d in ((0, 1), (1, -1), (2, 1)):
        x = 1500 + (k - 1) * 40
        s.ink([(x, ty - 226), (x + d * 30, ty - 290), (x - d * 26, ty - 350), (x + d * 20, ty - 410)], 6, op=.32, taper=.05)
    bowl = [(1384, ty - 60), (1370, ty + 10), (1424, ty + 60), (1576, ty + 60), (1630, ty + 10), (1616, ty - 60)]
    e = spline(bowl, 8)
    s.poly(e, "#1B3547")
    s.poly(e, s.grad("linear", [(0, LAMP, .42), (1, LAMP, .08)], 'x1="0" y1="0" x2="1" y2="0.5"'))
    s.ink(bowl, 8, taper=.6)
    s.poly(ell(1500, ty - 60, 116, 28), "#0A1926")
    s.ink(ell(1500, ty - 60, 116, 28), 6, taper=.8)
    s.caption("Đình làng An Vĩnh, Âm Linh tự, Lý Sơn (Quảng Ngãi)")
    s.save(out, "art-khao-le", "Thuyền lễ, hình nhân và bài vị, hình vẽ minh họa")


# ---------------------------------------------------------------- the woodblock
def leaf(s, w, h, col, block, op):
    """One printed leaf as it reads on paper, origin top left: title column at the right."""
    for k, (m, lw) in enumerate(((0, 12), (24, 4))):
        s.add('<rect x="%s" y="%s" width="%s" height="%s" fill="none" stroke="%s" stroke-width="%s"/>' % (f(m), f(m), f(w - 2 * m), f(h - 2 * m), col, lw))
    m, tw, mid = 34, 250, 120
    half = (w - 2 * m - mid) / 2
    cols = []
    xr = w - m - tw                                         # right half: title column first
    n = 5
    cw = (half - tw) / n
    for i in range(n):
        cols.append((xr - (i + 1) * cw, cw))
    xm = w - m - half - mid
    n = 7
    cl = half / n
    for i in range(n):
        cols.append((xm - (i + 1) * cl, cl))
    for x in [xr, xr - 0] + [c[0] for c in cols] + [xm, xm + mid]:
        s.add('<rect x="%s" y="%s" width="3.5" height="%s" fill="%s" fill-opacity=".75"/>' % (f(x - 1.7), f(m), f(h - 2 * m), col))
    for x, c in cols:
        g = c * .52
        y, k = m + 34, 0
        stop = h - m - (s.rng.choice((0, 0, 0, 1, 3)) * c * .8)
        while y + g < stop - 20:
            s.add('<rect x="%s" y="%s" width="%s" height="%s" rx="12" fill="%s" fill-opacity="%s"/>'
                  % (f(x + (c - g) / 2 + s.rng.uniform(-2, 2)), f(y), f(g + s.rng.uniform(-5, 3)), f(g + s.rng.uniform(-6, 2)), block, ("%.2f" % (op * s.rng.uniform(.8, 1.1)))))
            y += c * .72
            k += 1
    size = 190
    for i, ch in enumerate(TITLE):
        s.text(w - m - tw / 2, m + 70 + size * .86 + i * (h - 2 * m - 90) / 5, ch, size, HAN, 400, col, "middle")
    # fish tail in the folded middle
    x = xm
    s.poly([(x, h * .27), (x + mid, h * .27), (x + mid, h * .33), (x + mid / 2, h * .30), (x, h * .33)], col, .9)
    s.poly([(x, h * .73), (x + mid, h * .73), (x + mid, h * .67), (x + mid / 2, h * .70), (x, h * .67)], col, .9)


def art_moc_ban(out):
    holding = "Trung tâm Lưu trữ Quốc gia IV, Đà Lạt"
    s = Sheet(3000, 2200, "moc-ban")
    s.night()
    s.glow(1450, 980, 1650, 1050, op=.2)
    x0, y0, x1, y1, dp = 330, 300, 2670, 1640, 150
    sh = s.grad("radial", [(0, DEEP, .9), (.8, DEEP, .55), (1, DEEP, 0)], "")
    s.add('<ellipse cx="1500" cy="%d" rx="1290" ry="110" fill="%s"/>' % (y1 + dp, sh))
    edge = [(x0, y1), (x1, y1), (x1 - 46, y1 + dp), (x0 + 46, y1 + dp)]
    face = [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
    s.poly(face, "#3A3A36")
    s.poly(face, s.grad("linear", [(0, LAMP, .32), (.5, LAMP, .17), (1, LAMP, .07)], 'x1="0" y1="0" x2="1" y2="1"'))
    s.poly(edge, "#1A2A33")
    s.poly(edge, s.grad("linear", [(0, LAMP, .2), (1, LAMP, .02)], 'x1="0" y1="0" x2="0" y2="1"'))
    # grain on the face margin and on the edge
    s.open_clip(face)
    for i in range(60):
        y = y0 + (y1 - y0) * i / 59 + s.rng.uniform(-8, 8)
        a = s.rng.uniform(-14, 14)
        s.ink([(x0 - 10, y), (x0 + 700, y + a), (x0 + 1500, y - a), (x1 + 10, y + a * .4)], 3, op=s.rng.uniform(.08, .22), taper=.6, n=4)
    s.end()
    s.open_clip(edge)
    for i in range(16):
        y = y1 + dp * i / 15
        s.ink([(x0, y), (x0 + 600, y + s.rng.uniform(-9, 9)), (x0 + 1400, y + s.rng.uniform(-9, 9)), (x1, y)], 3, op=s.rng.uniform(.15, .4), taper=.6, n=5)
    for kx, kr in ((980, 60), (2050, 44)):
        for j in range(4):
            s.ink(ell(kx, y1 + dp * .5, kr * (1 - j * .23) * 1.9, kr * (1 - j * .23) * .8), 3, op=.42, taper=.7, n=3)
    s.end()
    # the carved field: sunk ground, raised mirrored signs
    mx, my = 120, 110
    fx, fy, fw, fh = x0 + mx, y0 + my, x1 - x0 - 2 * mx, y1 - y0 - 2 * my
    s.add('<rect x="%s" y="%s" width="%s" height="%s" fill="#0D1E2B" fill-opacity=".78"/>' % (f(fx - 14), f(fy - 14), f(fw + 28), f(fh + 28)))
    for d, c, o in ((10, "#050D15", 1), (0, LAMP, 1)):       # shadow first, then the raised surface
        s.rng = random.Random("moc-ban-leaf")
        s.add('<g transform="translate(%s %s) scale(-1 1)">' % (f(fx + fw + d * .8), f(fy + d)))
        leaf(s, fw, fh, c, c, .36 if c == LAMP else .5)
        s.end()
    s.rng = random.Random("moc-ban-2")
    for _ in range(150):                                     # chisel marks in the margin
        side = s.rng.random()
        x = s.rng.uniform(x0 + 12, x1 - 40)
        y = s.rng.choice((s.rng.uniform(y0 + 14, fy - 34), s.rng.uniform(fy + fh + 34, y1 - 16)))
        s.ink([(x, y), (x + 16, y - 4), (x + 30, y + 3)], 3, op=.3, taper=.1, n=3)
    s.outline(face, 9)
    s.outline(edge, 8)
    s.caption(holding)
    s.save(out, "art-moc-ban", "Mộc bản khắc ngược chữ, hình vẽ minh họa")

    s = Sheet(3000, 2200, "moc-ban-to-in")
    s.night()
    s.glow(1500, 980, 1700, 1100, op=.14)
    x0, y0, x1, y1 = 300, 190, 2700, 1800
    s.poly([(x0 + 26, y0 + 34), (x1 + 30, y0 + 30), (x1 + 34, y1 + 36), (x0 + 22, y1 + 38)], DEEP, .5)
    sheet = [(x0, y0 + 4), (1500, y0), (x1, y0 + 6), (x1 - 4, 1000), (x1, y1), (1500, y1 - 5), (x0, y1)]
    s.poly(sheet, s.grad("linear", [(0, "#F3E8CB", 1), (.5, "#EFE2BF", 1), (1, "#E2D1A6", 1)], 'x1="0" y1="0" x2="0.6" y2="1"'))
    s.open_clip(sheet)
    soft = s.grad("radial", [(0, "#B08C4A", .22), (1, "#B08C4A", 0)], "")
    for _ in range(18):
        r = s.rng.uniform(120, 420)
        s.add('<ellipse cx="%s" cy="%s" rx="%s" ry="%s" fill="%s"/>' % (f(s.rng.uniform(x0, x1)), f(s.rng.choice((y0, y1)) + s.rng.uniform(-260, 260)), f(r), f(r * .6), soft))
    for _ in range(130):                                     # fibres of the paper
        x, y, a = s.rng.uniform(x0, x1), s.rng.uniform(y0, y1), s.rng.uniform(0, 6.3)
        ln = s.rng.uniform(14, 46)
        s.ink([(x, y), (x + math.cos(a) * ln * .5 + 4, y + math.sin(a) * ln * .5), (x + math.cos(a) * ln, y + math.sin(a) * ln)], 2.2, "#8A6A34", .3, taper=.2, n=3)
    s.end()
    s.rng = random.Random("moc-ban-leaf")
    s.add('<g transform="translate(%s %s)">' % (f(450), f(430)))
    leaf(s, 2100, 1120, INK, "#4A3D28", .33)
    s.end()
    s.text(1500, 1700, "Tờ in mô phỏng: chữ đọc xuôi · Sample print: the title reads the right way round", 44, SERIF, 400, "#4A4032", "middle", style="i")
    s.caption(holding)
    s.save(out, "art-moc-ban-2", "Tờ in mô phỏng, hình vẽ minh họa")


def hall(out):
    s = Sheet(1200, 800, "hall")
    s.night()
    s.glow(640, 340, 620, 420, op=.2)
    s.horizon(560, .28)
    s.sea(566, 610, 600, 380, 34, .24, 2)
    afloat(s, 600, 668, .42, 13, True)
    s.sea(712, 790, 600, 330, 34, .34, 3.2)
    reflection(s, 600, 705, .4, .16)
    s.save(out, "hall-hien-vat", "Ghe câu trên biển đêm, hình vẽ minh họa")


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    out = sys.argv[1] if len(sys.argv) > 1 else os.path.join(here, "..", "..", "exhibits", "hoang-sa-truong-sa", "plates")
    os.makedirs(out, exist_ok=True)
    for make in (art_bia, art_tram, art_ghe_cau, art_hanh_trang, art_khao_le, art_moc_ban, hall):
        make(out)


if __name__ == "__main__":
    main()
