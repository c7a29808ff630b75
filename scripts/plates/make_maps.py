#!/usr/bin/env python3
"""Draws the map plates of the sample exhibit as SVG. Python 3 standard library only.

    python3 scripts/plates/make_maps.py [name …]

Reads   assets/geodata/coast.json, assets/geodata/places.json, scripts/plates/coast-north.json
Writes  exhibits/hoang-sa-truong-sa/plates/*.svg and prints the frame of every net in picture fractions.

Deterministic: no clock, every random number comes from a seed that is a name.
No boundary is drawn at sea or on land. No stroke is dashed: reef rings are dots.
"""
import json
import math
import os
import random
import sys
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
OUT = os.path.join(ROOT, "exhibits", "hoang-sa-truong-sa", "plates")

SERIF = "'Source Serif 4'"
SANS = "Be Vietnam Pro"
HAN = "Noto Serif CJK TC"

# advance widths of the characters 32…126 in thousandths of the size
WIDTHS = {
    "BVP-400": [int(v) for v in "230 280 318 807 645 849 740 179 439 439 497 608 303 608 286 503 676 385 651 660 710 660 680 594 634 680 286 303 556 726 556 573 1005 736 674 775 728 620 633 783 709 258 465 679 624 853 732 826 644 822 668 635 650 725 706 1005 720 665 660 459 485 459 559 702 202 642 652 613 652 599 386 643 583 264 274 555 255 893 573 642 652 652 392 508 428 566 576 870 559 583 502 426 408 426 468".split()],
    "BVP-500": [int(v) for v in "230 300 342 820 646 856 748 193 444 444 502 623 317 608 302 516 684 400 655 667 713 667 687 595 645 687 302 317 562 735 562 589 1009 747 686 777 736 627 637 785 717 269 474 691 630 865 738 827 656 823 683 645 662 729 719 1022 736 683 662 474 500 474 577 713 231 647 657 618 657 605 394 648 591 275 283 570 266 894 581 647 657 657 404 518 431 573 582 875 575 588 508 444 417 444 475".split()],
    "BVP-600": [int(v) for v in "230 320 367 833 648 863 755 208 449 449 508 637 332 607 319 528 692 415 660 674 716 674 693 596 656 693 319 332 568 744 568 605 1014 758 698 778 743 634 640 788 725 280 482 703 637 877 743 828 667 825 697 656 674 733 732 1039 753 701 664 489 515 489 594 724 260 652 662 624 662 611 401 654 600 285 292 584 277 895 590 652 662 662 416 527 434 581 588 879 591 592 514 462 426 462 483".split()],
    "SS4-500": [int(v) for v in "232 301 402 535 528 941 733 194 373 373 458 541 304 327 304 352 538 538 538 538 538 538 538 538 538 538 304 304 541 541 541 422 850 712 660 662 742 636 611 724 811 381 387 718 617 933 762 740 629 740 698 552 641 757 708 1012 675 667 589 345 352 345 541 521 400 547 624 524 618 536 371 565 645 332 308 604 333 958 647 584 627 607 465 470 363 634 580 843 577 589 494 362 295 362 541".split()],
    "SS4-600": [int(v) for v in "228 314 423 544 538 949 739 206 384 384 458 548 307 335 307 364 547 547 547 547 547 547 547 547 547 547 307 307 548 548 548 430 867 712 668 663 744 634 610 725 809 387 394 726 616 930 757 742 637 742 707 560 650 757 706 1020 678 667 592 356 364 356 548 528 400 554 630 527 623 540 374 573 650 336 313 615 337 961 652 590 632 613 475 475 368 640 581 850 585 592 497 365 301 365 548".split()],
    "SS4-400i": [int(v) for v in "227 305 456 573 524 928 701 259 385 385 480 534 300 314 300 339 537 537 537 537 537 537 537 537 537 537 300 300 534 534 534 459 880 683 622 614 703 604 572 669 772 365 361 688 584 935 746 674 571 674 646 505 591 725 652 917 667 593 561 345 331 345 534 512 400 554 524 434 557 442 325 511 580 320 275 497 298 869 596 526 543 520 426 383 354 597 511 777 564 515 493 390 286 390 534".split()],
    "SS4-600i": [int(v) for v in "221 307 483 588 544 956 726 269 394 394 475 549 309 329 309 364 556 556 556 556 556 556 556 556 556 556 309 309 549 549 549 461 887 695 635 618 711 603 574 675 777 379 370 702 584 925 732 685 594 685 669 511 606 714 658 933 663 606 567 356 359 356 548 525 400 581 551 463 584 472 350 544 604 329 293 531 316 899 618 552 568 554 459 412 369 618 530 808 586 542 514 375 298 375 549".split()],
}
EXTRA = {"đ": 620, "Đ": 760, "ơ": 600, "Ơ": 760, "ư": 650, "Ư": 770, "·": 300, "–": 520, "—": 800,
         "°": 400, "’": 300, "“": 460, "”": 460, "′": 260, "…": 900, "×": 560, "\u00a0": 230}


def face(family, weight=400, style="normal"):
    if family == SANS:
        return "BVP-%d" % max(400, min(600, weight))
    if style == "italic":
        return "SS4-600i" if weight >= 600 else "SS4-400i"
    return "SS4-600" if weight >= 600 else "SS4-500"


def text_width(text, size, family=SERIF, weight=500, style="normal", spacing=0.0):
    table = WIDTHS[face(family, weight, style)]
    total = 0.0
    for c in unicodedata.normalize("NFC", text):
        if ord(c) > 0x2E80:
            total += 1000
            continue
        if c not in EXTRA:
            c = unicodedata.normalize("NFD", c)[0]
        total += EXTRA.get(c) or (table[ord(c) - 32] if 32 <= ord(c) < 127 else 600)
    return total / 1000 * size + spacing * len(text)


def wrap(text, width, size, **kw):
    lines, line = [], ""
    for word in text.split(" "):
        probe = (line + " " + word).strip()
        if line and text_width(probe, size, **kw) > width:
            lines.append(line)
            line = word
        else:
            line = probe
    return lines + [line]


def n(value):
    s = "%.1f" % value
    return s[:-2] if s.endswith(".0") else s


def esc(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def mix(a, b, t):
    ca = [int(a[i:i + 2], 16) for i in (1, 3, 5)]
    cb = [int(b[i:i + 2], 16) for i in (1, 3, 5)]
    return "#" + "".join("%02X" % round(x + (y - x) * t) for x, y in zip(ca, cb))


# ---------------------------------------------------------------- nets

def merc(lat):
    return math.degrees(math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)))


def merc_inverse(y):
    return math.degrees(2 * math.atan(math.exp(math.radians(y))) - math.pi / 2)


class Net:
    """A geographic rectangle drawn in a rectangle of pixels."""

    def __init__(self, projection, west, east, south, north, left, top, right, bottom):
        self.projection = projection
        self.west, self.east, self.south, self.north = west, east, south, north
        self.left, self.top, self.right, self.bottom = left, top, right, bottom
        self.k = (right - left) / (east - west)

    def y_of(self, lat):
        if self.projection == "Mercator":
            t = (merc(self.north) - merc(lat)) / (merc(self.north) - merc(self.south))
        else:
            t = (self.north - lat) / (self.north - self.south)
        return self.top + t * (self.bottom - self.top)

    def xy(self, lon, lat):
        return self.left + (lon - self.west) * self.k, self.y_of(lat)

    def fractions(self, width, height):
        return dict(projection=self.projection, west=self.west, east=self.east, south=self.south, north=self.north,
                    left=self.left / width, top=self.top / height, right=self.right / width, bottom=self.bottom / height)


def mercator(west, east, north, left, top, right, bottom):
    """South follows from the shape, so that the net is conformal."""
    k = (right - left) / (east - west)
    south = round(merc_inverse(merc(north) - (bottom - top) / k), 6)
    return Net("Mercator", west, east, south, north, left, top, right, bottom)


def clip_box(points, box):
    west, south, east, north = box
    for axis, limit, sign in ((0, west, 1), (0, east, -1), (1, south, 1), (1, north, -1)):
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
                out.append(cut)
            if b:
                out.append(point)
            previous = point
        points = out
    return points


def thin(points, tolerance):
    """Drops points nearer than the tolerance to the last one kept."""
    out = []
    for p in points:
        if not out or abs(p[0] - out[-1][0]) + abs(p[1] - out[-1][1]) >= tolerance:
            out.append(p)
    return out


def handle(a, c, limit):
    x, y = (c[0] - a[0]) / 6, (c[1] - a[1]) / 6
    size = math.hypot(x, y)
    q = min(1.0, limit / size) if size else 0.0
    return x * q, y * q


def shades(widest, outer, inner, steps):
    """A wash of many thin steps, from the outside of the wash to the shore."""
    return [(widest * (1 - i / steps), mix(outer, inner, (i / (steps - 1)) ** 1.25)) for i in range(steps)]


def curve(points, closed=True):
    """A Catmull-Rom curve through the points, as path data."""
    count = len(points)
    if count < 3:
        return ""
    d = ["M%s %s" % (n(points[0][0]), n(points[0][1]))]
    for i in range(count if closed else count - 1):
        if closed:
            a, b, c, e = points[i - 1], points[i], points[(i + 1) % count], points[(i + 2) % count]
        else:
            a, b, c, e = points[max(0, i - 1)], points[i], points[i + 1], points[min(count - 1, i + 2)]
        # the handles stay short, so that a sharp corner never becomes a loop
        limit = 0.34 * math.hypot(c[0] - b[0], c[1] - b[1])
        u, v = handle(a, c, limit), handle(b, e, limit)
        d.append("C%s %s %s %s %s %s" % (n(b[0] + u[0]), n(b[1] + u[1]), n(c[0] - v[0]), n(c[1] - v[1]), n(c[0]), n(c[1])))
    return "".join(d) + ("Z" if closed else "")


def symbol_only(r):
    """The specks of land inside the two archipelagos are drawn as symbols, not as coast."""
    x1, x2 = min(p[0] for p in r), max(p[0] for p in r)
    y1, y2 = min(p[1] for p in r), max(p[1] for p in r)
    return (x1 > 110.9 and x2 < 113.2 and y1 > 15.5 and y2 < 17.4) or (x1 > 111.3 and x2 < 116.7 and y1 > 7.0 and y2 < 12.2)


def land_rings(net, rings, overscan, step=0.0):
    """The rings inside the net and a little beyond it, in pixels."""
    m = overscan / net.k
    box = (net.west - m, net.south - m, net.east + m, net.north + m)
    out = []
    for r in rings:
        # a cut of the stored geodata at 99 E is moved outwards, beyond every net
        r = [(lon - 4.0, lat) if lon <= 99.0 else (lon + 4.0, lat) if lon >= 126.0 else (lon, lat) for lon, lat in r] if net.projection and rings is COAST else r
        if symbol_only(r):
            continue
        part = clip_box([tuple(p) for p in r], box)
        if len(part) < 3:
            continue
        px = [net.xy(*p) for p in part]
        if step:
            px = thin(px, step)
        if len(px) >= 3:
            out.append(px)
    return out


with open(os.path.join(ROOT, "assets", "geodata", "coast.json"), encoding="utf-8") as f:
    _coast = json.load(f)
COAST = _coast["polygons"]
VIET_NAM = _coast["viet_nam"]
VIET_NAM_COAST = _coast["viet_nam_coast"]
with open(os.path.join(HERE, "coast-north.json"), encoding="utf-8") as f:
    COAST_NORTH = json.load(f)["polygons"]
with open(os.path.join(ROOT, "assets", "geodata", "places.json"), encoding="utf-8") as f:
    PLACES = json.load(f)
FEATURES = [p for p in PLACES if p["group"] != "coast"]
BY_ID = {p["id"]: p for p in PLACES}


# ---------------------------------------------------------------- drawing

class Sheet:
    def __init__(self, width, height, title):
        self.width, self.height = width, height
        self.defs, self.out = [], []
        self.title = title
        self.ids = 0

    def add(self, *parts):
        self.out.extend(parts)

    def rect(self, x, y, w, h, fill="none", **kw):
        self.add('<rect x="%s" y="%s" width="%s" height="%s" fill="%s"%s/>' % (n(x), n(y), n(w), n(h), fill, attrs(kw)))

    def circle(self, x, y, r, fill="none", **kw):
        self.add('<circle cx="%s" cy="%s" r="%s" fill="%s"%s/>' % (n(x), n(y), n(r), fill, attrs(kw)))

    def path(self, d, fill="none", **kw):
        self.add('<path d="%s" fill="%s"%s/>' % (d, fill, attrs(kw)))

    def line(self, x1, y1, x2, y2, **kw):
        self.add('<path d="M%s %sL%s %s" fill="none"%s/>' % (n(x1), n(y1), n(x2), n(y2), attrs(kw)))

    def text(self, x, y, text, size, family=SERIF, weight=500, style="normal", fill="#2A2014", anchor="start",
             spacing=0.0, halo=None, halo_width=0.22, **kw):
        if style == "italic" and family == SERIF:
            weight = 600 if weight >= 600 else 400
        more = attrs(kw)
        if style == "italic":
            more += ' font-style="italic"'
        if spacing:
            more += ' letter-spacing="%s"' % n(spacing)
        if anchor != "start":
            more += ' text-anchor="%s"' % anchor
            if spacing and anchor == "middle":
                x += spacing / 2
        if halo:
            more += ' paint-order="stroke" stroke="%s" stroke-width="%s" stroke-linejoin="round"' % (halo, n(size * halo_width))
        self.add('<text x="%s" y="%s" font-family="%s" font-size="%s" font-weight="%d" fill="%s"%s>%s</text>'
                 % (n(x), n(y), family, n(size), weight, fill, more, esc(unicodedata.normalize("NFC", text))))

    def vertical(self, x, y, text, size, fill, weight=500, gap=1.06, **kw):
        """Hán from top to bottom, one sign under the other."""
        for i, c in enumerate(text):
            self.text(x, y + size * (0.88 + i * gap), c, size, family=HAN, weight=weight, fill=fill, anchor="middle", **kw)

    def name(self, prefix):
        self.ids += 1
        return "%s%d" % (prefix, self.ids)

    def radial(self, cx, cy, r, stops):
        i = self.name("g")
        self.defs.append('<radialGradient id="%s" gradientUnits="userSpaceOnUse" cx="%s" cy="%s" r="%s">%s</radialGradient>'
                         % (i, n(cx), n(cy), n(r), stop_list(stops)))
        return "url(#%s)" % i

    def linear(self, x1, y1, x2, y2, stops):
        i = self.name("g")
        self.defs.append('<linearGradient id="%s" gradientUnits="userSpaceOnUse" x1="%s" y1="%s" x2="%s" y2="%s">%s</linearGradient>'
                         % (i, n(x1), n(y1), n(x2), n(y2), stop_list(stops)))
        return "url(#%s)" % i

    def glow(self, cx, cy, r, colour, opacity, ratio=1.0):
        fill = self.radial(0, 0, r, [(0, colour, opacity), (0.55, colour, opacity * 0.55), (1, colour, 0)])
        self.add('<ellipse cx="0" cy="0" rx="%s" ry="%s" transform="translate(%s %s) scale(1 %.3f)" fill="%s"/>' % (n(r), n(r), n(cx), n(cy), ratio, fill))

    def save(self, name):
        body = ('<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="%d" height="%d" viewBox="0 0 %d %d">\n'
                '<title>%s</title>\n<defs>\n%s\n</defs>\n%s\n</svg>\n'
                % (self.width, self.height, self.width, self.height, esc(self.title), "\n".join(self.defs), "\n".join(self.out)))
        assert "dasharray" not in body
        with open(os.path.join(OUT, name + ".svg"), "w", encoding="utf-8", newline="\n") as f:
            f.write(body)


def attrs(kw):
    return "".join(' %s="%s"' % (k.rstrip("_").replace("_", "-"), n(v) if isinstance(v, float) and k not in ("opacity", "fill_opacity", "stroke_opacity") else ("%.3g" % v if isinstance(v, float) else v))
                   for k, v in kw.items() if v is not None)


def stop_list(stops):
    return "".join('<stop offset="%.3g" stop-color="%s" stop-opacity="%.3g"/>' % s for s in stops)


def coastline(sheet, net, rings, theme, viet_nam=True, step=0.0, smooth=True):
    """Sea, shore lines, rhumb lines by call-back, land, wash and ink, in this order."""
    s = theme["scale"]
    bands = theme["bands"]
    over = (bands[-1] if bands else 20) * s * 1.3 + 40 * s
    px = land_rings(net, rings, over, step)
    d = "".join(curve(r) if smooth else "M" + "L".join("%s %s" % (n(x), n(y)) for x, y in r) + "Z" for r in px)
    land = sheet.name("land")
    sheet.defs.append('<path id="%s" d="%s"/>' % (land, d))
    sheet.defs.append('<clipPath id="%s-clip"><use xlink:href="#%s"/></clipPath>' % (land, land))
    sea = theme["sea"]
    sheet.rect(net.left - 2, net.top - 2, net.right - net.left + 4, net.bottom - net.top + 4, sea)
    near = theme.get("near", sea)
    count = len(bands)
    for i in reversed(range(count)):
        t = i / max(1, count - 1)
        inside = mix(near, sea, t ** 0.7)
        line = mix(theme["shore"], sea, 0.15 + 0.62 * t)
        width = theme.get("shore_width", 2.2) * s
        sheet.add('<use xlink:href="#%s" fill="none" stroke="%s" stroke-width="%s" stroke-linejoin="round"/>' % (land, line, n(2 * bands[i] * s + width)))
        sheet.add('<use xlink:href="#%s" fill="none" stroke="%s" stroke-width="%s" stroke-linejoin="round"/>' % (land, inside, n(2 * bands[i] * s - width)))
    if theme.get("over_sea"):
        theme["over_sea"]()
    sheet.add('<use xlink:href="#%s" fill="%s"/>' % (land, theme["land"]))
    washes = [(px, True, theme.get("wash", []))]
    if viet_nam and theme.get("viet_nam_wash"):
        m = over / net.k
        lines = []
        for run in VIET_NAM_COAST:
            part = [net.xy(*p) for p in run if net.west - m <= p[0] <= net.east + m and net.south - m <= p[1] <= net.north + m]
            if len(part) > 2:
                lines.append(thin(part, step) if step else part)
        washes.append((lines, False, theme["viet_nam_wash"]))
    for lines, closed, colours in washes:
        for width, colour in colours:
            for r in lines:
                r = r + r[:1] if closed else r
                for i in range(0, len(r) - 1, 120):
                    part = r[i:i + 122]
                    if max(p[0] for p in part) < net.left - width * s or min(p[0] for p in part) > net.right + width * s:
                        continue
                    if max(p[1] for p in part) < net.top - width * s or min(p[1] for p in part) > net.bottom + width * s:
                        continue
                    sheet.add('<g clip-path="url(#%s-clip)"><path d="M%s" fill="none" stroke="%s" stroke-width="%s" stroke-linejoin="round" stroke-linecap="round"/></g>'
                              % (land, "L".join("%s %s" % (n(x), n(y)) for x, y in part), colour, n(2 * width * s)))
    sheet.add('<use xlink:href="#%s" fill="none" stroke="%s" stroke-width="%s" stroke-linejoin="round"/>' % (land, theme["ink"], n(theme.get("line", 3.4) * s)))
    return land


def liang(x, y, dx, dy, box):
    """The part of a line through (x, y) inside the box."""
    low, high = -1e9, 1e9
    for p, q, a, b in ((x, dx, box[0], box[2]), (y, dy, box[1], box[3])):
        if abs(q) < 1e-9:
            if not a <= p <= b:
                return None
            continue
        t1, t2 = (a - p) / q, (b - p) / q
        low, high = max(low, min(t1, t2)), min(high, max(t1, t2))
    return (x + dx * low, y + dy * low, x + dx * high, y + dy * high) if low < high else None


def rhumbs(sheet, net, cx, cy, radius, colours, width, opacity, nodes=8, centre_opacity=None):
    """32 winds from one centre, and a web of winds from points on a circle round it."""
    box = (net.left, net.top, net.right, net.bottom)
    main, half, quarter = colours
    for i in range(nodes):
        a = math.radians(360 / nodes * i + 11.25)
        px, py = cx + radius * math.sin(a), cy - radius * math.cos(a)
        if not (box[0] - radius < px < box[2] + radius and box[1] - radius < py < box[3] + radius):
            continue
        for k in range(8):
            b = math.radians(22.5 * k + 11.25)
            part = liang(px, py, math.sin(b), -math.cos(b), box)
            if part:
                sheet.line(*part, stroke=main if k % 2 else half, stroke_width=width * 0.8, stroke_opacity=opacity * 0.62, class_="rhumb")
    for i in range(16):
        a = math.radians(11.25 * i)
        part = liang(cx, cy, math.sin(a), -math.cos(a), box)
        if part:
            colour = main if i % 4 == 0 else half if i % 2 == 0 else quarter
            sheet.line(*part, stroke=colour, stroke_width=width * (1.25 if i % 4 == 0 else 1), stroke_opacity=centre_opacity or opacity, class_="rhumb")


def graticule(sheet, net, step, colour, width, opacity, skip=()):
    lon = math.ceil(net.west / step) * step
    while lon < net.east:
        x = net.xy(lon, net.north)[0]
        sheet.line(x, net.top, x, net.bottom, stroke=colour, stroke_width=width, stroke_opacity=opacity, class_="graticule")
        lon += step
    lat = math.ceil(net.south / step) * step
    while lat < net.north:
        y = net.y_of(lat)
        sheet.line(net.left, y, net.right, y, stroke=colour, stroke_width=width, stroke_opacity=opacity, class_="graticule")
        lat += step


def rose(sheet, cx, cy, r, ink, paper, accent, style="full", letters=("B", "Đ", "N", "T")):
    """A compass rose. The letters are bắc, đông, nam, tây."""
    def kite(angle, length, inner, half, dark, light):
        a = math.radians(angle)
        tip = (cx + length * math.sin(a), cy - length * math.cos(a))
        for side, fill in ((1, dark), (-1, light)):
            b = math.radians(angle + half * side)
            e = (cx + inner * math.sin(b), cy - inner * math.cos(b))
            sheet.path("M%s %sL%s %sL%s %sZ" % (n(cx), n(cy), n(tip[0]), n(tip[1]), n(e[0]), n(e[1])), fill, stroke=ink, stroke_width=r * 0.004, stroke_linejoin="round")
    sheet.add('<g class="rose">')
    sheet.circle(cx, cy, r * 1.02, paper, fill_opacity=0.86)
    for q, w in ((1.0, 0.012), (0.965, 0.004), (0.86, 0.004), (0.62, 0.006), (0.59, 0.003)):
        sheet.circle(cx, cy, r * q, stroke=ink, stroke_width=r * w)
    ticks = []
    for i in range(360 if style == "full" else 128):
        a = math.radians(i * (360 / (360 if style == "full" else 128)))
        q = 0.90 if i % 10 == 0 else 0.925 if i % 5 == 0 else 0.94
        ticks.append("M%s %sL%s %s" % (n(cx + r * q * math.sin(a)), n(cy - r * q * math.cos(a)), n(cx + r * 0.965 * math.sin(a)), n(cy - r * 0.965 * math.cos(a))))
    sheet.path("".join(ticks), stroke=ink, stroke_width=r * 0.0035)
    for i in range(32):
        if i % 4:
            kite(11.25 * i, r * (0.60 if i % 2 == 0 else 0.52), r * 0.16, 5.6, mix(ink, paper, 0.35), paper)
    for i in (1, 3, 5, 7):
        kite(45 * i, r * 0.80, r * 0.2, 22.5, mix(accent, paper, 0.15), paper)
    for i in range(4):
        kite(90 * i, r * 1.12, r * 0.215, 45, ink, paper)
    sheet.circle(cx, cy, r * 0.085, paper, stroke=ink, stroke_width=r * 0.01)
    sheet.circle(cx, cy, r * 0.035, accent)
    # north: a lily of three leaves
    y = cy - r * 1.12
    u = r * 0.13
    sheet.path("M%s %sc%s %s %s %s 0 %sc%s %s %s %s 0 %sz" % (n(cx), n(y - 2.1 * u), n(0.75 * u), n(0.8 * u), n(0.6 * u), n(1.5 * u), n(2.1 * u), n(-0.6 * u), n(-0.6 * u), n(-0.75 * u), n(-1.3 * u), n(-2.1 * u)), accent)
    for sx in (1, -1):
        sheet.path("M%s %sc%s %s %s %s %s %sc%s %s %s %s %s %sz" % (n(cx), n(y), n(sx * 0.25 * u), n(-0.9 * u), n(sx * 0.95 * u), n(-1.35 * u), n(sx * 1.05 * u), n(-0.65 * u),
                                                                      n(sx * -0.1 * u), n(-0.3 * u), n(sx * -0.55 * u), n(0.1 * u), n(sx * -1.05 * u), n(0.65 * u)), accent)
    sheet.rect(cx - 0.55 * u, y - 0.05 * u, 1.1 * u, 0.2 * u, accent)
    for i, letter in enumerate(letters):
        if i:
            a = math.radians(90 * i)
            sheet.text(cx + r * 1.24 * math.sin(a), cy - r * 1.24 * math.cos(a) + r * 0.055, letter, r * 0.16, weight=600, fill=ink, anchor="middle")
    sheet.add("</g>")


def spread(points, gap):
    """Moves symbols that stand too near apart, always in the same way."""
    p = [list(q) for q in points]
    # a chain of islets keeps its order: first only along its own direction
    group = list(range(len(p)))
    for i in range(len(p)):
        for j in range(i):
            if math.hypot(p[i][0] - p[j][0], p[i][1] - p[j][1]) < gap * 0.62:
                a, b = group[i], group[j]
                group = [b if g == a else g for g in group]
    for g in sorted(set(group)):
        chain = [i for i in range(len(p)) if group[i] == g]
        if len(chain) < 2:
            continue
        mx, my = sum(p[i][0] for i in chain) / len(chain), sum(p[i][1] for i in chain) / len(chain)
        xx = sum((p[i][0] - mx) ** 2 for i in chain)
        yy = sum((p[i][1] - my) ** 2 for i in chain)
        xy = sum((p[i][0] - mx) * (p[i][1] - my) for i in chain)
        a = 0.5 * math.atan2(2 * xy, xx - yy)
        ux, uy = math.cos(a), math.sin(a)
        along = sorted(((p[i][0] - mx) * ux + (p[i][1] - my) * uy, i) for i in chain)
        t = [v for v, _ in along]
        for _ in range(200):
            for k in range(len(t) - 1):
                lack = gap - (t[k + 1] - t[k])
                if lack > 0.01:
                    t[k] -= lack / 2
                    t[k + 1] += lack / 2
        for k, (v, i) in enumerate(along):
            p[i][0] += (t[k] - v) * ux
            p[i][1] += (t[k] - v) * uy
    for _ in range(400):
        moved = False
        for i in range(len(p)):
            for j in range(i):
                dx, dy = p[i][0] - p[j][0], p[i][1] - p[j][1]
                d = math.hypot(dx, dy)
                if d < gap - 0.01:
                    if d < 1e-6:
                        dx, dy, d = 1.0, 0.0, 1.0
                    push = (gap - d) / 2
                    for q, sign in ((p[i], 1), (p[j], -1)):
                        q[0] += sign * dx / d * push
                        q[1] += sign * dy / d * push
                    moved = True
        if not moved:
            break
    return [tuple(q) for q in p]


def islet(sheet, place, x, y, r, fill, ink, dots=True):
    """One symbol: r is the radius of the reef ring."""
    rng = random.Random("islet " + place["id"])
    parts = []
    kind = place["kind"]
    if dots:
        count = max(8, min(22, round(r / 4)))
        for i in range(count):
            a = 2 * math.pi * i / count + rng.uniform(-0.12, 0.12)
            q = r * rng.uniform(0.84, 1.02)
            parts.append('<circle cx="%s" cy="%s" r="%s"/>' % (n(x + q * math.cos(a)), n(y + q * 0.78 * math.sin(a)), n(max(0.9, r * rng.uniform(0.028, 0.05)))))
    tilt = rng.uniform(-24, 24)
    w = max(1.0, r * 0.035)

    def ellipse(rx, ry):
        return '<ellipse cx="%s" cy="%s" rx="%s" ry="%s" transform="rotate(%s %s %s)" fill="%s" stroke="%s" stroke-width="%s"/>' % (n(x), n(y), n(rx), n(ry), n(tilt), n(x), n(y), fill, ink, n(w))
    if kind == "Island":
        parts.append(ellipse(r * 0.50, r * 0.31))
        for i in range(5):
            t = -0.26 + 0.13 * i
            parts.append('<path d="M%s %sl%s %s" stroke="%s" stroke-width="%s" fill="none"/>' % (n(x + r * (t + 0.03)), n(y + r * 0.02), n(r * 0.05), n(r * 0.13), ink, n(w * 0.6)))
    elif kind == "Cay":
        parts.append(ellipse(r * 0.40, r * 0.24))
        for i in range(6):
            parts.append('<circle cx="%s" cy="%s" r="%s"/>' % (n(x + r * rng.uniform(-0.24, 0.24)), n(y + r * rng.uniform(-0.1, 0.1)), n(max(0.7, r * 0.025))))
    elif kind == "Rock":
        parts.append('<path d="M%s %sL%s %sL%s %sL%s %sZ" fill="%s" stroke="%s" stroke-width="%s"/>' % (n(x - r * 0.34), n(y + r * 0.2), n(x - r * 0.04), n(y - r * 0.46), n(x + r * 0.12), n(y - r * 0.12), n(x + r * 0.34), n(y + r * 0.2), fill, ink, n(w)))
    elif kind == "Reef":
        for i in range(12):
            a = 2 * math.pi * i / 12
            parts.append('<circle cx="%s" cy="%s" r="%s"/>' % (n(x + r * 0.52 * math.cos(a)), n(y + r * 0.34 * math.sin(a)), n(max(1.0, r * 0.055))))
        for dx in (-0.2, 0.2):
            u = r * 0.1
            parts.append('<path d="M%s %sh%sM%s %sv%s" stroke="%s" stroke-width="%s" fill="none"/>' % (n(x + dx * r - u), n(y), n(2 * u), n(x + dx * r), n(y - u), n(2 * u), ink, n(w)))
    else:  # Bank
        for i in range(26):
            q = r * 0.66 * math.sqrt((i + 0.5) / 26)
            a = i * 2.39996
            parts.append('<circle cx="%s" cy="%s" r="%s"/>' % (n(x + q * math.cos(a)), n(y + q * 0.7 * math.sin(a)), n(max(0.8, r * 0.03))))
    return '<g id="islet-%s" class="islet" fill="%s">%s</g>' % (place["id"], ink, "".join(parts))


def islets(sheet, net, fill, ink, biggest, smallest, gap, labels=False, only=None):
    """All symbols inside the net. Returns {id: (x, y, r)}."""
    chosen = [p for p in FEATURES if net.west < p["lon"] < net.east and net.south < p["lat"] < net.north and (only is None or only(p))]
    where = spread([net.xy(p["lon"], p["lat"]) for p in chosen], gap)
    result = {}
    for i, p in enumerate(chosen):
        near = min([math.hypot(where[i][0] - q[0], where[i][1] - q[1]) for j, q in enumerate(where) if j != i] or [1e9])
        result[p["id"]] = (where[i][0], where[i][1], max(smallest, min(biggest, near * 0.52)))
    return chosen, result


def draw_islets(sheet, chosen, where, fill, ink):
    for p in chosen:
        sheet.add(islet(sheet, p, *where[p["id"]], fill, ink))


def tag(sheet, x, y, text, size, fill="#0F2536", ink="#F7F0E0", anchor="middle", rim=None):
    """The present-day name of an archipelago on its own dark label. y is the middle."""
    w = text_width(text, size, SERIF, 600) + size * 1.3
    h = size * 1.75
    left = x - w / 2 if anchor == "middle" else x if anchor == "start" else x - w
    sheet.rect(left, y - h / 2, w, h, fill, rx=size * 0.3, fill_opacity=0.96, stroke=rim, stroke_width=size * 0.05 if rim else None)
    sheet.text(left + w / 2, y + size * 0.34, text, size, weight=600, fill=ink, anchor="middle", class_="archipelago")
    return (left, y - h / 2, left + w, y + h / 2)


def border(sheet, net, colours, width, step, label_step, size, outside=True):
    """Neat lines, a degree bar and the degrees."""
    ink, paper, dark = colours
    l, t, r, b = net.left, net.top, net.right, net.bottom
    W, H = sheet.width, sheet.height
    sheet.path("M-5 -5H%sV%sH-5ZM%s %sV%sH%sV%sZ" % (n(W + 5), n(H + 5), n(l), n(t), n(b), n(r), n(t)), paper, fill_rule="evenodd")
    w = width
    sheet.rect(l, t, r - l, b - t, stroke=ink, stroke_width=w * 0.10)
    sheet.rect(l - w, t - w, r - l + 2 * w, b - t + 2 * w, stroke=ink, stroke_width=w * 0.10)
    sheet.rect(l - w * 1.45, t - w * 1.45, r - l + 2.9 * w, b - t + 2.9 * w, stroke=ink, stroke_width=w * 0.22)
    d = []
    i = math.floor(net.west / step)
    while i * step < net.east:
        if i % 2 == 0:
            x1, x2 = max(l, net.xy(i * step, net.north)[0]), min(r, net.xy((i + 1) * step, net.north)[0])
            if x2 > x1:
                d.append("M%s %sH%sV%sH%sZ" % (n(x1), n(t - w * 0.75), n(x2), n(t - w * 0.25), n(x1)))
                d.append("M%s %sH%sV%sH%sZ" % (n(x1), n(b + w * 0.25), n(x2), n(b + w * 0.75), n(x1)))
        i += 1
    i = math.floor(net.south / step)
    while i * step < net.north:
        if i % 2 == 0:
            y1, y2 = min(b, net.y_of(i * step)), max(t, net.y_of((i + 1) * step))
            if y1 > y2:
                d.append("M%s %sV%sH%sV%sZ" % (n(l - w * 0.75), n(y1), n(y2), n(l - w * 0.25), n(y1)))
                d.append("M%s %sV%sH%sV%sZ" % (n(r + w * 0.25), n(y1), n(y2), n(r + w * 0.75), n(y1)))
        i += 1
    sheet.path("".join(d), dark)
    gap = w * 1.45 + size * 0.55
    lon = math.ceil(net.west / label_step) * label_step
    while lon < net.east:
        x = net.xy(lon, net.north)[0]
        if l + size * 1.5 < x < r - size * 1.5:
            for y in (t - gap, b + gap + size * 0.72):
                sheet.text(x, y, "%g° Đ" % lon, size, fill=ink, anchor="middle")
        lon += label_step
    lat = math.ceil(net.south / label_step) * label_step
    while lat < net.north:
        y = net.y_of(lat)
        if t + size * 1.5 < y < b - size * 1.5:
            for x, turn in ((l - gap, -90), (r + gap, 90)):
                sheet.text(x, y, "%g° B" % lat, size, fill=ink, anchor="middle", transform="rotate(%d %s %s)" % (turn, n(x), n(y)))
        lat += label_step


def flecks(sheet, seed, count, colour, opacity, box, size):
    """Fibres of the paper: few, small and faint."""
    rng = random.Random(seed)
    d = []
    for _ in range(count):
        x, y = rng.uniform(box[0], box[2]), rng.uniform(box[1], box[3])
        a, q = rng.uniform(0, math.pi), size * rng.uniform(0.4, 1.6)
        d.append("M%s %sq%s %s %s %s" % (n(x), n(y), n(q * math.cos(a + 0.5) * 0.5), n(q * math.sin(a + 0.5) * 0.5), n(q * math.cos(a)), n(q * math.sin(a))))
    sheet.path("".join(d), stroke=colour, stroke_width=max(1.0, size * 0.07), stroke_opacity=opacity, stroke_linecap="round", class_="paper")


def stains(sheet, seed, count, colours, opacity, box):
    rng = random.Random(seed)
    span = min(box[2] - box[0], box[3] - box[1])
    for _ in range(count):
        sheet.glow(rng.uniform(box[0], box[2]), rng.uniform(box[1], box[3]), span * rng.uniform(0.14, 0.42), rng.choice(colours), opacity * rng.uniform(0.5, 1.0), rng.uniform(0.55, 1.0))


def edges(sheet, net, colour, opacity):
    """The paper is a little darker towards its edges."""
    l, t, r, b = net.left, net.top, net.right, net.bottom
    q = (r - l) * 0.12
    for x1, y1, x2, y2 in ((l, 0, l + q, 0), (r, 0, r - q, 0), (0, t, 0, t + q), (0, b, 0, b - q)):
        sheet.rect(l, t, r - l, b - t, sheet.linear(x1, y1, x2, y2, [(0, colour, opacity), (1, colour, 0)]))


def overlap(a, b, pad=0.0):
    return a[0] < b[2] + pad and b[0] < a[2] + pad and a[1] < b[3] + pad and b[1] < a[3] + pad


def box_distance(b, x, y):
    return math.hypot(max(b[0] - x, 0, x - b[2]), max(b[1] - y, 0, y - b[3]))


HINTS = {"p-bac": (-10, -154, "start"), "p-trung": (46, -95, "start"), "p-huu-nhat": (-46, -82, "end")}


def place_once(order, items, obstacles, box):
    taken = list(obstacles)
    result, cost = {}, 0.0
    angles = [0, 180, -35, 35, -145, 145, -90, 90, -60, 60, -120, 120, -18, 18, 162, -162]
    for id_, x, y, r, w, h in order:
        found = None
        if id_ in HINTS:  # set by hand where islets stand thick; still checked
            dx, dy, anchor = HINTS[id_]
            l, t = (x + dx, y + dy) if anchor == "start" else (x + dx - w, y + dy)
            b = (l, t, l + w, t + h)
            assert not any(overlap(b, o, 2) for o in taken), id_
            taken.append(b)
            result[id_] = (b, anchor)
            continue
        # first so that the name cannot seem to belong to a neighbour, then, if there is no room, nearest
        for d, slack in [(d, 12) for d in range(8, 72, 8)] + [(d, -6) for d in range(8, 56, 8)] + [(d, -999) for d in range(8, 400, 8)]:
            for a in angles:
                c, s = math.cos(math.radians(a)), math.sin(math.radians(a))
                ax, ay = x + (r + d) * c, y + (r * 0.8 + d) * s
                if c > 0.25:
                    l, anchor = ax, "start"
                elif c < -0.25:
                    l, anchor = ax - w, "end"
                else:
                    l, anchor = ax - w / 2, "middle"
                t = ay - h / 2 if abs(s) < 0.3 else ay - h if s < 0 else ay
                if 0.3 <= abs(s) < 0.7:
                    t = ay - h * (0.75 if s < 0 else 0.25)
                b = (l, t, l + w, t + h)
                if b[0] < box[0] or b[1] < box[1] or b[2] > box[2] or b[3] > box[3]:
                    continue
                if any(overlap(b, o, 7) for o in taken):
                    continue
                own = box_distance(b, x, y)
                if any(o[0] != id_ and box_distance(b, o[1], o[2]) < own + slack for o in items):
                    continue
                found = (b, anchor)
                break
            if found:
                break
        assert found, id_
        cost += d + (0 if slack > 0 else 60 if slack > -99 else 400)
        taken.append(found[0])
        result[id_] = found
    return cost, result


def place_labels(items, obstacles, box):
    """items: (id, x, y, r, width, height). A free place near each symbol: the best of many orders, always the same ones."""
    rng = random.Random("labels")
    near = {i[0]: sum(1 for j in items if math.hypot(i[1] - j[1], i[2] - j[2]) < 420) for i in items}
    best = None
    for _ in range(160):
        order = sorted(items, key=lambda i: (i[0] not in HINTS, -(near[i[0]] > 2), rng.random()))
        cost, result = place_once(order, items, obstacles, box)
        if best is None or cost < best[0] - 1e-9:
            best = (cost, result)
    boxes = [b for b, _ in best[1].values()]
    assert not any(overlap(a, b) for i, a in enumerate(boxes) for b in boxes[:i])
    return best[1]


FACE_VI = "Hình vẽ minh họa cho gói mẫu, không phải bản gốc"
FACE_EN = "Drawing made for this sample, not the original"
FRAMES = {}


def footer(sheet, y, size, fill, quiet, holder_vi, extra=None, width=None, x=None, anchor="middle"):
    """What every plate says on its face: a drawing, and where the original is."""
    x = sheet.width / 2 if x is None else x
    width = width or sheet.width * 0.9
    sheet.text(x, y, FACE_VI + " · " + FACE_EN, size, SANS, 600, fill=fill, anchor=anchor)
    y += size * 1.5
    for line in wrap("Bản gốc: " + holder_vi, width, size * 0.86, family=SANS, weight=400):
        sheet.text(x, y, line, size * 0.86, SANS, 400, fill=fill, anchor=anchor)
        y += size * 1.24
    for line in extra or []:
        for part in wrap(line, width, size * 0.78, family=SANS, weight=400):
            sheet.text(x, y, part, size * 0.78, SANS, 400, fill=quiet, anchor=anchor)
            y += size * 1.12
    return y


# ---------------------------------------------------------------- 1. the position chart

def boat(sheet, x, y, u, ink, sail):
    """A small sailing boat, generic: ornament of a cartouche."""
    sheet.add('<g transform="translate(%s %s) scale(%s)" fill="%s" stroke="%s" stroke-width="0.2" stroke-linejoin="round" stroke-linecap="round">'
              '<path d="M-5.6 -0.5C-3 0.7 3 0.7 6 -1.1C5.4 0.6 4.4 1.9 3 2.4C0.5 2.8 -2 2.8 -3.6 2.3C-4.8 1.7 -5.4 0.6 -5.6 -0.5Z"/>'
              '<path d="M-4.9 0.5C-2 1.6 3 1.6 5.3 0.2" fill="none"/>'
              '<path d="M-0.6 0.3V-9.6M3.2 -0.2V-6.2" fill="none" stroke-width="0.28"/>'
              '<path d="M-0.2 -9C-2.6 -7 -4.2 -4 -4.5 -1L0.6 -0.6C1.4 -3.6 1.2 -6.6 -0.2 -9Z"/>'
              '<path d="M3.4 -5.8C2 -4.4 1.5 -2.6 1.5 -1L4.4 -1C4.9 -2.8 4.6 -4.6 3.4 -5.8Z"/>'
              '<path d="M-2 -6.9Q-0.4 -6.5 0.75 -6.7M-3.3 -4.9Q-0.9 -4.3 1.05 -4.6M-4.1 -2.9Q-1.2 -2.3 0.95 -2.6M2.2 -4.2Q3.4 -3.9 4.5 -4.1M1.7 -2.6Q3.2 -2.3 4.7 -2.5" fill="none" stroke-width="0.12"/>'
              '<path d="M-7.5 3.1q0.9 0.7 1.8 0t1.8 0t1.8 0t1.8 0t1.8 0t1.8 0t1.8 0M-5 4q0.9 0.7 1.8 0t1.8 0t1.8 0t1.8 0t1.8 0" fill="none" stroke-width="0.16"/></g>'
              % (n(x), n(y), n(u), sail, ink))


def panel(sheet, x, y, w, h, paper, ink, u):
    """A cartouche: double frame with cut corners and a small ornament at each."""
    def frame(q, **kw):
        c = 3.2 * u
        a, b, e, f = x + q, y + q, x + w - q, y + h - q
        sheet.path("M%s %sH%sq0 %s %s %sV%sq%s 0 %s %sH%sq0 %s %s %sV%sq%s 0 %s %sZ" % (
            n(a + c), n(b), n(e - c), n(c), n(c), n(c), n(f - c), n(-c), n(-c), n(c), n(a + c), n(-c), n(-c), n(-c), n(b + c), n(c), n(c), n(-c)), **kw)
    frame(0, fill=paper, stroke=ink, stroke_width=0.5 * u)
    frame(1.3 * u, fill="none", stroke=ink, stroke_width=0.14 * u)
    for px, py in ((x + 0.9 * u, y + 0.9 * u), (x + w - 0.9 * u, y + 0.9 * u), (x + 0.9 * u, y + h - 0.9 * u), (x + w - 0.9 * u, y + h - 0.9 * u)):
        sheet.circle(px, py, 0.55 * u, ink)


def rule(sheet, cx, y, w, ink, u):
    sheet.path("M%s %sH%sM%s %sH%s" % (n(cx - w / 2), n(y), n(cx - 1.6 * u), n(cx + 1.6 * u), n(y), n(cx + w / 2)), stroke=ink, stroke_width=0.16 * u)
    sheet.path("M%s %sl%s %s %s %s %s %sz" % (n(cx - u), n(y), n(u), n(-u), n(u), n(u), n(-u), n(u)), ink)


def map_bien_dong():
    W, H = 16000, 12600
    sheet = Sheet(W, H, "Biển Đông ngày nay: sơ đồ vị trí")
    m = 500
    net = mercator(104.2, 118.8, 17.75, m, m, W - m, H - m)
    FRAMES["map-bien-dong"] = net.fractions(W, H)
    ink, paper = "#33230F", "#EFE2BF"
    box = (net.left, net.top, net.right, net.bottom)
    C = net.xy(113.62, 13.25)
    tone = "#D9A95B"

    def over_sea():
        stains(sheet, "bien-dong sea", 22, ["#F7EFD6", "#E0CC9A", "#DCC48C", "#F3E8C8"], 0.34, box)
        for lon, lat, r, q in ((112.15, 16.6, 1250, 0.74), (113.9, 10.3, 2050, 0.95), (112.5, 8.5, 1500, 0.62)):
            x, y = net.xy(lon, lat)
            sheet.glow(x, y, r, "#BCCFB6", 0.55, q)
        graticule(sheet, net, 1, "#5A4522", 3.0, 0.20)
        graticule(sheet, net, 5, "#5A4522", 5.0, 0.30)
        rhumbs(sheet, net, C[0], C[1], 4700, ("#5B4526", "#7C6136", "#A6492F"), 4.4, 0.34, nodes=16, centre_opacity=0.52)
    theme = dict(scale=4.0, sea=paper, near="#C9D3B4", shore="#4E4A2C", bands=[10, 22, 36, 52, 70], shore_width=0.9, over_sea=over_sea,
                 land="#E3C78C", ink=ink, line=2.3, wash=shades(38, "#E0C389", "#C0955A", 7),
                 viet_nam_wash=shades(52, "#E2C282", "#B9853F", 9))
    coastline(sheet, net, COAST, theme)
    flecks(sheet, "bien-dong", 1500, "#6B4F22", 0.13, box, 34)
    edges(sheet, net, "#8A6428", 0.20)

    rose(sheet, C[0], C[1], 760, ink, "#F3E8CB", "#A63A24")

    # large names
    obstacles = []

    def big(lon, lat, text, size, **kw):
        x, y = net.xy(lon, lat)
        w = text_width(text, size, kw.get("family", SERIF), kw.get("weight", 600), kw.get("style", "normal"), kw.get("spacing", 0))
        obstacles.append((x - w / 2, y - size * 0.9, x + w / 2, y + size * 0.3))
        sheet.text(x, y, text, size, anchor="middle", halo=kw.pop("halo", "#EFE3C3"), **kw)

    big(113.62, 14.72, "Biển Đông", 470, weight=400, style="italic", spacing=190, fill="#4E5F52", class_="sea-name", halo="#EBDFBB", halo_width=0.12)
    big(114.62, 16.62, "Quần đảo Hoàng Sa", 300, weight=600, fill="#241A0C", class_="archipelago")
    big(114.62, 16.42, "Paracel Islands", 132, weight=400, style="italic", fill="#4A3A22")
    big(116.35, 9.42, "Quần đảo Trường Sa", 300, weight=600, fill="#241A0C", class_="archipelago")
    big(116.35, 9.22, "Spratly Islands", 132, weight=400, style="italic", fill="#4A3A22")
    # Việt Nam, along the coast, on land
    a, b, c = net.xy(107.92, 15.02), net.xy(108.62, 13.6), net.xy(108.28, 11.95)
    sheet.defs.append('<path id="along" d="M%s %sQ%s %s %s %s"/>' % (n(a[0]), n(a[1]), n(b[0]), n(b[1]), n(c[0]), n(c[1])))
    sheet.add('<text font-family="%s" font-weight="600" font-size="250" letter-spacing="128" fill="#5A3B12" paint-order="stroke" stroke="#E3C78C" stroke-width="40" stroke-linejoin="round" class="country"><textPath xlink:href="#along" startOffset="0">Việt Nam</textPath></text>' % SERIF)

    # the features
    chosen, where = islets(sheet, net, tone, ink, 104, 34, 76)
    for p in chosen:
        x, y, r = where[p["id"]]
        sheet.glow(x, y, r * 1.5, "#F6EFD8", 0.7)
    draw_islets(sheet, chosen, where, tone, ink)
    coast_islets = [BY_ID["p-ly-son"], BY_ID["p-cu-lao-cham"]]
    for p in coast_islets:
        x, y = net.xy(p["lon"], p["lat"])
        where[p["id"]] = (x, y, 74)
        sheet.add(islet(sheet, p, x, y, 74, tone, ink))
    obstacles.append((C[0] - 1000, C[1] - 1150, C[0] + 1000, C[1] + 1000))
    items = []
    sizes = {}
    for p in chosen + coast_islets:
        x, y, r = where[p["id"]]
        obstacles.append((x - r, y - r * 0.8, x + r, y + r * 0.8))
        vi, en = (62, 37) if r > 60 else (50, 31)
        if p["id"] in ("p-hoang-sa", "p-truong-sa"):
            vi, en = 72, 40
        english = p["en"] if p["en"] != p["vi"] and p["group"] != "coast" else None
        w = max(text_width(p["vi"], vi, SERIF, 600, "italic"), text_width(english or "", en, SERIF, 400, "italic")) * 1.03
        h = vi * 1.12 + (en * 1.12 if english else 0)
        sizes[p["id"]] = (vi, en, english)
        items.append((p["id"], x, y, r, w, h))
    placed = place_labels(items, obstacles, box)
    for id_, (b, anchor) in sorted(placed.items()):
        vi, en, english = sizes[id_]
        x = b[0] if anchor == "start" else b[2] if anchor == "end" else (b[0] + b[2]) / 2
        sheet.text(x, b[1] + vi * 0.92, BY_ID[id_]["vi"], vi, weight=600, style="italic", fill="#1F160A", anchor=anchor, halo="#EFE5C6", class_="place-name", id_="name-" + id_)
        if english:
            sheet.text(x, b[1] + vi * 1.12 + en * 0.86, english, en, weight=400, style="italic", fill="#57462B", anchor=anchor, halo="#EFE5C6", class_="place-alt")

    # towns
    for p in PLACES:
        if p["kind"] != "City" or not (net.south < p["lat"] < net.north):
            continue
        x, y = net.xy(p["lon"], p["lat"])
        sheet.circle(x, y, 30, "#F3E4BE", stroke=ink, stroke_width=7)
        sheet.circle(x, y, 13, "#A63A24")
        left = p["id"] != "p-vung-tau"
        sheet.text(x + (-58 if left else 56), y + (30 if left else 88), p["vi"], 92, weight=500, fill="#241A0C", anchor="end" if left else "start", halo="#E2C88F" if left else "#D9D9B8",
                   class_="place-name", id_="name-" + p["id"])

    # cartouche
    cx, cy = net.xy(105.87, 14.1)
    w, h = 2760, 4150
    x, y = cx - w / 2, cy - h / 2
    u = 44
    panel(sheet, x, y, w, h, "#F5EBCF", ink, u)
    boat(sheet, cx, y + 870, 66, ink, "#E8D3A0")
    yy = y + 1520
    for line, size, kw in (("Biển Đông", 330, dict(weight=600)), ("Quần đảo Hoàng Sa", 205, dict(weight=600)), ("Quần đảo Trường Sa", 205, dict(weight=600))):
        sheet.text(cx, yy, line, size, anchor="middle", fill="#241A0C", **kw)
        yy += 300 if size > 300 else 270
    rule(sheet, cx, yy - 60, w * 0.66, ink, u)
    yy += 150
    sheet.text(cx, yy, "Sơ đồ vị trí ngày nay", 150, weight=400, style="italic", anchor="middle", fill="#8C2F1C")
    yy += 160
    sheet.text(cx, yy, "Present-day position chart", 112, weight=400, style="italic", anchor="middle", fill="#57462B")
    yy += 190
    notes = ["Hình vẽ cho gói mẫu của dự án Hải Đăng. Bờ biển: Natural Earth 1:10m (world-atlas 2.0.2). Tọa độ đảo, đá, bãi: GSHHG 2.3.7, Wikipedia, GeoNames và điểm cực đã công bố. Ký hiệu không theo tỷ lệ; đảo quá gần nhau được vẽ giãn ra. Không vẽ đường ranh giới. Không dùng để đi biển.",
             "Drawn for the sample pack of the Hải Đăng project. Coast: Natural Earth 1:10m (world-atlas 2.0.2). Positions: GSHHG 2.3.7, Wikipedia, GeoNames and published extreme points. Symbols are not to scale; islets too close together are moved apart. No boundaries are drawn. Not for navigation."]
    for i, note in enumerate(notes):
        for line in wrap(note, w - 420, 74, family=SANS, weight=400):
            sheet.text(cx, yy, line, 74, SANS, 400, fill="#33260F" if i == 0 else "#675B48", anchor="middle")
            yy += 104
        yy += 60
    assert yy < y + h + 20, (yy, y + h)
    border(sheet, net, (ink, "#F2E7C9", "#4A3717"), 110, 0.5, 1, 118)
    sheet.save("map-bien-dong")


# ---------------------------------------------------------------- 2. the historical maps, drawn anew

DISCLOSE = "Dấu đảo và thẻ tên sẫm: vị trí và tên gọi ngày nay, không có trên bản gốc. · Islet symbols and dark tags: present-day positions and names, not on the original."


def groups_of_islets(sheet, net, fill, ink, biggest, smallest, gap, glow=None):
    chosen, where = islets(sheet, net, fill, ink, biggest, smallest, gap)
    for p in chosen:
        if glow:
            x, y, r = where[p["id"]]
            sheet.glow(x, y, r * 1.5, glow, 0.7)
    draw_islets(sheet, chosen, where, fill, ink)


def strapwork(sheet, x, y, w, h, paper, ink, wash, u):
    """A cartouche in the manner of Dutch strapwork: scrolls at the sides and above."""
    sheet.add('<g fill="%s" stroke="%s" stroke-width="%s" stroke-linejoin="round">' % (wash, ink, n(u * 0.22)))
    for sx, ox in ((1, x), (-1, x + w)):
        for oy, sy in ((y + h * 0.16, 1), (y + h * 0.84, -1)):
            sheet.add('<path transform="translate(%s %s) scale(%s %s)" stroke-width="0.22" d="M1 -3C-4 -5 -8 -1 -6.4 2.4C-5.2 4.8 -1.8 4.4 -1.8 2C-1.8 0.2 -4 0 -4.4 1.4C-3.6 1 -2.9 1.3 -3 2.1C-3.2 3.2 -4.9 3.2 -5.3 1.6C-5.8 -0.6 -3 -2.4 1 0.4Z"/>' % (n(ox), n(oy), n(sx * u), n(sy * u)))
    sheet.add('<path transform="translate(%s %s) scale(%s)" stroke-width="0.22" d="M-12 1C-11 -3 -7 -4 -5 -2C-4 -5 -1.6 -6 0 -7.6C1.6 -6 4 -5 5 -2C7 -4 11 -3 12 1Z"/>' % (n(x + w / 2), n(y), n(u)))
    sheet.add('<path transform="translate(%s %s) scale(%s)" stroke-width="0.22" d="M-10 -1C-8 3 -5 2.6 -3.6 1.4C-2.6 4 -1 5 0 6C1 5 2.6 4 3.6 1.4C5 2.6 8 3 10 -1Z"/>' % (n(x + w / 2), n(y + h), n(u)))
    sheet.add("</g>")
    sheet.circle(x + w / 2, y - 3.2 * u, 1.2 * u, paper, stroke=ink, stroke_width=u * 0.2)
    sheet.rect(x - 0.8 * u, y - 0.8 * u, w + 1.6 * u, h + 1.6 * u, wash, stroke=ink, stroke_width=0.3 * u, rx=1.2 * u)
    sheet.rect(x, y, w, h, paper, stroke=ink, stroke_width=0.22 * u, rx=0.7 * u)
    sheet.rect(x + 0.6 * u, y + 0.6 * u, w - 1.2 * u, h - 1.2 * u, stroke=ink, stroke_width=0.1 * u, rx=0.4 * u)


def lines_of(sheet, cx, y, rows):
    """rows: (text, size, gap below as a factor, options)."""
    for text, size, gap, kw in rows:
        kw = dict(kw)
        sheet.text(cx, y, text, size, anchor="middle", **kw)
        y += size * gap
    return y


def along(sheet, d, text, size, weight=400, style="italic", fill="#2A1E10", spacing=0, halo=None, start="50%", **kw):
    """Text on a path."""
    i = sheet.name("way")
    sheet.defs.append('<path id="%s" d="%s"/>' % (i, d))
    more = ' paint-order="stroke" stroke="%s" stroke-width="%s" stroke-linejoin="round"' % (halo, n(size * 0.2)) if halo else ""
    sheet.add('<text font-family="%s" font-size="%s" font-weight="%d" font-style="%s" fill="%s" text-anchor="middle" letter-spacing="%s"%s%s><textPath xlink:href="#%s" startOffset="%s">%s</textPath></text>'
              % (SERIF, n(size), weight, style, fill, n(spacing), more, attrs(kw), i, start, esc(text)))


def points_path(net, points):
    px = [net.xy(*p) for p in points]
    return curve(px, closed=False) if len(px) > 2 else "M%s %sL%s %s" % (n(px[0][0]), n(px[0][1]), n(px[1][0]), n(px[1][1]))


def map_langren_1595():
    W, H = 6400, 5660
    sheet = Sheet(W, H, "Bản đồ Đông Á của anh em Van Langren (hình vẽ)")
    net = Net("PlateCarree", 100.0, 125.0, 5.0, 25.0, 240, 240, 6160, 4976)
    FRAMES["map-langren-1595"] = net.fractions(W, H)
    ink, paper = "#3B2412", "#E9D8AE"
    box = (net.left, net.top, net.right, net.bottom)
    C = net.xy(117.2, 14.2)

    def over_sea():
        stains(sheet, "langren", 16, ["#F4E8C6", "#D8BF86", "#E2CB96"], 0.36, box)
        rng = random.Random("langren sea")
        d = []
        for _ in range(2600):  # the engraver's short waves
            x, y = rng.uniform(box[0], box[2]), rng.uniform(box[1], box[3])
            d.append("M%s %sq9 -7 18 0t18 0" % (n(x), n(y)))
        sheet.path("".join(d), stroke="#6B5128", stroke_width=1.6, stroke_opacity=0.26)
        graticule(sheet, net, 5, "#6B4A22", 2.2, 0.35)
        rhumbs(sheet, net, C[0], C[1], 1900, ("#6A4420", "#8A5A2C", "#B0432B"), 2.0, 0.36, nodes=16, centre_opacity=0.5)
    theme = dict(scale=1.5, sea=paper, near="#C9CFA4", shore="#4A3A1C", bands=[7, 15, 24], over_sea=over_sea, land="#E8D19A", ink=ink, line=2.0,
                 wash=shades(32, "#DCCA8C", "#8E914A", 6), viet_nam_wash=shades(34, "#E5C496", "#B57156", 6))
    coastline(sheet, net, COAST, theme)
    flecks(sheet, "langren", 600, "#5B3F1A", 0.16, box, 20)
    edges(sheet, net, "#7A5520", 0.26)
    rose(sheet, C[0], C[1], 330, ink, "#F0E3BF", "#A63A24", "simple")
    groups_of_islets(sheet, net, "#D79C5E", ink, 42, 16, 30, "#F0E4C0")
    x, y = net.xy(113.0, 17.75)
    tag(sheet, x, y, "Quần đảo Hoàng Sa", 84)
    x, y = net.xy(113.6, 7.0)
    tag(sheet, x, y, "Quần đảo Trường Sa", 84)
    # the two names that sources report
    halo = "#E8D8B0"
    along(sheet, points_path(net, [(109.75, 15.95), (110.4, 14.4), (110.55, 12.6)]), "I. de Pracel", 150, 600, fill="#5A1F12", spacing=8, halo=halo)
    along(sheet, points_path(net, [(107.35, 16.35), (108.25, 15.1), (108.6, 13.3)]), "Costa de Pracel", 112, 600, fill="#5A1F12", spacing=3, halo="#E3CB94")
    w, h = 1640, 1080
    x, y = 240 + 270, net.xy(100, 24.15)[1]
    strapwork(sheet, x, y + 120, w, h, "#F3E6C2", ink, "#C79A5A", 40)
    lines_of(sheet, x + w / 2, y + 380, [
        ("Exacta & accurata", 168, 1.18, dict(weight=600, style="italic", fill="#2F1B0C")),
        ("delineatio…", 150, 1.15, dict(weight=600, style="italic", fill="#2F1B0C")),
        ("Arnold & Hendrik Floris van Langren", 80, 1.32, dict(weight=500, fill="#4A3018")),
        ("Cornelis Claesz · Amsterdam", 76, 1.75, dict(weight=500, fill="#4A3018")),
        ("1595/1596", 108, 1.2, dict(weight=600, fill="#A63A24")),
        ("Sơ đồ minh họa trên bờ biển ngày nay", 68, 1.3, dict(family=SANS, weight=500, fill="#4A3018"))])
    border(sheet, net, (ink, "#EFE2BD", "#6A3A1C"), 52, 1, 5, 62)
    footer(sheet, 5290, 76, "#2F1B0C", "#5A4526", "Thư viện Đại học Leiden (COLLBN Port 56 N 2); Thư viện Quốc gia Singapore; Bộ sưu tập David Rumsey",
           [DISCLOSE, "Chỗ đặt hai dòng chữ theo phần mô tả, không đo trên bản gốc. · The two names are set as described, not measured on the original."])
    sheet.save("map-langren-1595")


def map_blaeu_1635():
    W, H = 6600, 6000
    sheet = Sheet(W, H, "Đông Ấn và các đảo kế cận, Blaeu (hình vẽ)")
    net = mercator(99.6, 124.9, 25.2, 260, 260, W - 260, 5250)
    FRAMES["map-blaeu-1635"] = net.fractions(W, H)
    ink, paper = "#2C2A20", "#F0EBD6"
    box = (net.left, net.top, net.right, net.bottom)
    C = net.xy(117.6, 12.6)

    def over_sea():
        stains(sheet, "blaeu", 14, ["#FBF7E8", "#D9DEC8", "#E8DFBE"], 0.45, box)
        graticule(sheet, net, 5, "#59604A", 2.2, 0.30)
        rhumbs(sheet, net, C[0], C[1], 2300, ("#4E6154", "#6D7D6A", "#A2763A"), 2.2, 0.34, nodes=8, centre_opacity=0.55)
    theme = dict(scale=1.55, sea=paper, near="#BFD3C4", shore="#3E5246", bands=[6, 12, 18, 25, 33, 42], shore_width=1.3, over_sea=over_sea, land="#F2E3B8", ink=ink, line=1.9,
                 wash=shades(32, "#F2DCB0", "#DA987E", 6), viet_nam_wash=shades(36, "#EFDC98", "#C49A34", 6))
    coastline(sheet, net, COAST, theme)
    flecks(sheet, "blaeu", 500, "#5B5430", 0.14, box, 20)
    edges(sheet, net, "#8A7B45", 0.16)
    rose(sheet, C[0], C[1], 430, ink, "#F8F4E4", "#B07A24", "full")
    # the chain: a band of dots, an interpretation
    rng = random.Random("pracel band")
    spine = [net.xy(*p) for p in ((111.15, 16.9), (110.75, 15.8), (110.5, 14.7), (110.45, 13.6), (110.55, 12.5))]
    dots = []
    for i in range(620):
        t = rng.random() * (len(spine) - 1.0001)
        k = int(t)
        a, b = spine[k], spine[k + 1]
        q = t / (len(spine) - 1)
        half = 118 * math.sin(math.pi * (0.10 + 0.86 * q) ** 0.8) + 16
        x = a[0] + (b[0] - a[0]) * (t - k) + rng.uniform(-1, 1) * half
        y = a[1] + (b[1] - a[1]) * (t - k) + rng.uniform(-10, 10)
        dots.append('<circle cx="%s" cy="%s" r="%s"/>' % (n(x), n(y), n(rng.uniform(2.6, 5.6))))
    sheet.add('<g fill="#4A3A20" class="reported">%s</g>' % "".join(dots))
    groups_of_islets(sheet, net, "#DDBB58", ink, 42, 16, 30, "#FBF7E6")
    x, y = net.xy(113.6, 17.75)
    tag(sheet, x, y, "Quần đảo Hoàng Sa", 88)
    x, y = net.xy(113.3, 6.95)
    tag(sheet, x, y, "Quần đảo Trường Sa", 88)
    fill, halo = "#5A1F12", "#F0EBD6"
    along(sheet, points_path(net, [(111.25, 17.6), (110.68, 14.9), (110.62, 11.6)]), "Pracel", 180, 600, fill=fill, spacing=52, halo=halo)
    for lon, lat, text, size, anchor in ((111.35, 12.15, "Pulo Secca de Mare", 104, "start"), (109.0, 14.32, "Cambir", 96, "end"), (113.2, 23.35, "Canton", 110, "end")):
        x, y = net.xy(lon, lat)
        sheet.text(x, y, text, size, weight=600, style="italic", fill=fill, anchor=anchor, halo=halo if lon > 109.5 and lat < 20 else "#F1E0B4")
    # cartouche with a garland
    w, h = 1560, 1420
    x, y = 360, net.xy(100, 20.9)[1]
    cx = x + w / 2
    sheet.add('<ellipse cx="%s" cy="%s" rx="%s" ry="%s" fill="#E8CF8E" stroke="%s" stroke-width="9"/>' % (n(cx), n(y + h / 2), n(w / 2 + 62), n(h / 2 + 62), ink))
    sheet.add('<ellipse cx="%s" cy="%s" rx="%s" ry="%s" fill="#FBF6E4" stroke="%s" stroke-width="7"/>' % (n(cx), n(y + h / 2), n(w / 2), n(h / 2), ink))
    for i in range(64):
        a = 2 * math.pi * i / 64
        gx, gy = cx + (w / 2 + 31) * math.cos(a), y + h / 2 + (h / 2 + 31) * math.sin(a)
        if i % 8 == 0:
            for k in range(6):
                b = 2 * math.pi * k / 6
                sheet.circle(gx + 22 * math.cos(b), gy + 22 * math.sin(b), 15, "#C9604A", stroke=ink, stroke_width=3)
            sheet.circle(gx, gy, 13, "#F2D478", stroke=ink, stroke_width=3)
        else:
            sheet.add('<path transform="translate(%s %s) rotate(%s)" d="M0 -30C16 -16 16 16 0 30C-16 16 -16 -16 0 -30Z" fill="#6E8B5C" stroke="%s" stroke-width="3"/>' % (n(gx), n(gy), n(math.degrees(a) + (38 if i % 2 else -38)), ink))
    lines_of(sheet, cx, y + 350, [
        ("India quae", 168, 1.12, dict(weight=600, fill="#2C2415")), ("Orientalis dicitur,", 150, 1.2, dict(weight=600, fill="#2C2415")),
        ("et Insulae Adiacentes", 126, 1.5, dict(weight=600, style="italic", fill="#2C2415")),
        ("Willem Janszoon Blaeu", 92, 1.3, dict(weight=500, fill="#4E4526")), ("Amsterdam, khoảng 1634–1635", 84, 1.5, dict(weight=500, fill="#4E4526")),
        ("Vẽ lại phần Biển Đông, diễn giải", 66, 1.3, dict(family=SANS, weight=500, fill="#8C2F1C")), ("Part of the sheet, an interpretation", 58, 1.3, dict(family=SANS, weight=400, fill="#5E5534"))])
    border(sheet, net, (ink, "#F6F1DF", "#B99A3E"), 60, 1, 5, 66)
    footer(sheet, 5600, 80, "#2C2A20", "#5E5A42", "Nhiều thư viện; có bản trong bộ sưu tập bản đồ Đại học Khoa học và Công nghệ Ma Cao",
           [DISCLOSE, "Dải chấm “Pracel” và chỗ đặt bốn tên là diễn giải từ mô tả bản in năm 1645. · The dotted band and the places of the four names interpret a description of the 1645 issue."])
    sheet.save("map-blaeu-1635")


def map_vandermaelen_1827():
    W, H = 6000, 6500
    sheet = Sheet(W, H, "Partie de la Cochinchine (hình vẽ)")
    W, H = 6000, 6350
    sheet.height = H
    net = mercator(107.0, 113.0, 17.5, 200, 250, W - 200, 250 + 5600 / 6.0 * (merc(17.5) - merc(12.0)))
    net.south = 12.0
    FRAMES["map-vandermaelen-1827"] = net.fractions(W, H)
    ink, paper = "#262B33", "#F5F1E6"
    box = (net.left, net.top, net.right, net.bottom)

    def over_sea():
        stains(sheet, "vandermaelen", 9, ["#FFFFFF", "#E9E3CF", "#E4E8EA"], 0.5, box)
        graticule(sheet, net, 1, "#3A4654", 2.4, 0.45)
    theme = dict(scale=1.6, sea=paper, near="#CFE0E8", shore="#4E7186", bands=[5, 11, 17, 24, 31, 39, 48, 58, 69], shore_width=1.1, over_sea=over_sea, land="#F7F2E2", ink=ink, line=1.7,
                 wash=shades(26, "#F4E6D6", "#E5B4A4", 5), viet_nam_wash=shades(28, "#F5E9CC", "#E0B860", 6))
    coastline(sheet, net, COAST, theme)
    flecks(sheet, "vandermaelen", 300, "#4A4A40", 0.10, box, 18)
    rng = random.Random("foxing")
    for _ in range(70):
        sheet.circle(rng.uniform(*box[0::2]), rng.uniform(*box[1::2]), rng.uniform(3, 11), "#B98A4A", fill_opacity=rng.uniform(0.06, 0.16))
    # where the sheet sets the group, and where it lies today
    a, b = net.xy(109.0, 17.0), net.xy(111.0, 16.0)
    sheet.rect(a[0], a[1], b[0] - a[0], b[1] - a[1], "#E9D9A8", fill_opacity=0.42, class_="reported")
    groups_of_islets(sheet, net, "#EBC874", ink, 66, 24, 54, "#FFFFFF")
    x, y = net.xy(112.02, 17.27)
    tag(sheet, x, y, "Quần đảo Hoàng Sa", 96)
    chart = {"Pattles": "p-hoang-sa", "Duncan": "p-quang-hoa", "Tree": "p-cay", "Lincoln": "p-linh-con", "Triton": "p-tri-ton"}
    for text, place in chart.items():
        p = BY_ID[place]
        lon = 109.22 + (p["lon"] - 111.198) / (112.731 - 111.198) * 1.42
        lat = 16.12 + (p["lat"] - 15.786) / (16.979 - 15.786) * 0.72
        x, y = net.xy(lon, lat)
        for i in range(9):
            q = 2 * math.pi * i / 9
            sheet.circle(x + 30 * math.cos(q), y + 22 * math.sin(q), 4.2, ink)
        sheet.circle(x, y, 9, paper, stroke=ink, stroke_width=4)
        dy = {"Pattles": -42, "Duncan": 100}.get(text, 30)
        dx = 0 if dy != 30 else 52
        sheet.text(x + dx, y + dy, text, 76, weight=400, style="italic", fill="#3A1F14", anchor="middle" if dx == 0 else "start", halo="#F1E9CC")
    x, y = net.xy(110.0, 16.0)
    sheet.text(x, y + 74, "Trên tờ gốc: khoảng 16–17° B, 109–111° Đ", 56, SANS, 500, fill="#6B4E16", anchor="middle", halo=paper)
    sheet.text(x, y + 142, "On the sheet: about 16–17° N, 109–111° E", 48, SANS, 400, fill="#6B5A3A", anchor="middle", halo=paper)
    # towns of today, for orientation
    for i in ("p-hue", "p-da-nang", "p-hoi-an", "p-quang-ngai", "p-quy-nhon", "p-nha-trang"):
        p = BY_ID[i]
        x, y = net.xy(p["lon"], p["lat"])
        sheet.circle(x, y, 13, paper, stroke=ink, stroke_width=4)
        sheet.text(x - 34, y + 18, p["vi"], 60, SANS, 500, fill="#4A5560", anchor="end", halo="#F7F2E2")
    p = BY_ID["p-ly-son"]
    x, y = net.xy(p["lon"], p["lat"])
    sheet.add(islet(sheet, p, x, y, 48, "#EBC874", ink))
    sheet.text(x + 62, y + 20, "Lý Sơn", 60, SANS, 500, fill="#4A5560", halo=paper)
    # title at sea, lower right
    tx, ty = net.xy(111.22, 14.35)
    lines_of(sheet, tx, ty, [
        ("PARTIE", 190, 1.06, dict(weight=500, spacing=64, fill=ink)), ("de la", 110, 2.35, dict(weight=400, style="italic", fill=ink)),
        ("COCHINCHINE", 262, 0.72, dict(weight=600, spacing=34, fill=ink))])
    rule(sheet, tx, ty + 690, 1500, ink, 30)
    lines_of(sheet, tx, ty + 850, [
        ("Philippe Vandermaelen", 96, 1.35, dict(weight=500, fill=ink)), ("Bruxelles · 1827", 88, 1.5, dict(weight=500, fill=ink)),
        ("Atlas Universel · tập 2 · tờ 106", 76, 1.4, dict(weight=400, style="italic", fill="#4A5560")), ("1 : 1.641.836", 76, 1.4, dict(weight=500, fill="#4A5560"))])
    # the text panel
    x, y = net.xy(107.10, 14.55)
    w, h = 960, 1180
    sheet.rect(x, y, w, h, "#FBF8EE", stroke=ink, stroke_width=5)
    sheet.rect(x + 18, y + 18, w - 36, h - 36, stroke=ink, stroke_width=2)
    sheet.text(x + w / 2, y + 150, "Empire d’An-nam", 100, weight=600, fill=ink, anchor="middle")
    rng = random.Random("panel")
    for i in range(13):
        sheet.rect(x + 80, y + 240 + i * 62, (w - 160) * (1 if i % 5 != 4 else rng.uniform(0.4, 0.8)), 20, "#CFC8B4", rx=10)
    sheet.text(x + w / 2, y + h - 52, "khối xám: lời văn không chép lại", 44, SANS, 400, fill="#675B48", anchor="middle")
    border(sheet, net, (ink, "#FAF7EE", "#262B33"), 44, 0.5, 1, 64)
    y = net.bottom + 290
    footer(sheet, y, 74, ink, "#5A6068", "Một bộ atlas do ông Ngô Chí Dũng trao, Bộ Thông tin và Truyền thông tiếp nhận ngày 13-5-2014; một bản tờ này ở UBND huyện Hoàng Sa (Đà Nẵng)",
           [DISCLOSE, "Năm tên trong ô vàng có trên tờ gốc; cách xếp trong ô phỏng theo vị trí ngày nay. · The five names stand on the sheet; their order inside the tinted field follows today’s positions."], width=5500)
    sheet.save("map-vandermaelen-1827")


def waves(sheet, box, u, colour, width, opacity, seed, count):
    """Small groups of arcs, as on woodblock maps."""
    rng = random.Random(seed)
    d = []
    done = []
    for _ in range(count * 60):
        if len(done) == count:
            break
        x, y = rng.uniform(box[0] + 3 * u, box[2] - 3 * u), rng.uniform(box[1] + 2 * u, box[3] - u)
        if any(abs(x - a) < 7.5 * u and abs(y - b) < 3 * u for a, b in done):
            continue
        done.append((x, y))
        for row, many in ((0, 3), (1, 2)):
            for i in range(many):
                cx = x + (i - (many - 1) / 2) * 2 * u
                cy = y - row * 0.9 * u
                for q in (1.0, 0.66, 0.33):
                    d.append("M%s %sa%s %s 0 0 1 %s 0" % (n(cx - q * u), n(cy), n(q * u), n(q * u), n(2 * q * u)))
    sheet.path("".join(d), stroke=colour, stroke_width=width, stroke_opacity=opacity, stroke_linecap="round")


def map_dai_nam_nhat_thong():
    W, H = 5200, 6330
    sheet = Sheet(W, H, "Đại Nam nhất thống toàn đồ (hình vẽ)")
    net = Net("PlateCarree", 101.0, 117.0, 6.8, 24.4, 330, 330, 330 + 16 * 284, 330 + 17.6 * 284)
    FRAMES["map-dai-nam-nhat-thong"] = net.fractions(W, H)
    ink, paper = "#1E1B18", "#EFE6CC"
    box = (net.left, net.top, net.right, net.bottom)

    def over_sea():
        stains(sheet, "dai nam", 12, ["#F9F3E0", "#D9CBA0", "#E2D5AE"], 0.4, box)
    theme = dict(scale=2.0, sea=paper, near="#D5DCCB", shore="#3A4A4A", bands=[9], shore_width=1.2, over_sea=over_sea, land="#E6DAB4", ink=ink, line=4.6,
                 wash=shades(34, "#E0D6AC", "#B2B381", 5), viet_nam_wash=shades(40, "#D9D3A8", "#869B6E", 7))
    # the waves keep to the open sea
    keep = theme["over_sea"]

    def over():
        keep()
        for name, west, north, east, south, count in (("a", 112.4, 15.2, 116.7, 12.2, 9), ("b", 101.9, 10.2, 103.9, 7.2, 4), ("c", 105.3, 8.2, 110.3, 7.1, 5), ("d", 112.4, 21.4, 116.7, 18.4, 8), ("e", 106.4, 20.4, 107.9, 18.2, 2)):
            a, b = net.xy(west, north), net.xy(east, south)
            waves(sheet, (a[0], a[1], b[0], b[1]), 40, "#3B5A66", 5, 0.42, "waves " + name, count)
    theme["over_sea"] = over
    coastline(sheet, net, COAST, theme, step=24)
    flecks(sheet, "dai nam", 900, "#4A3F26", 0.20, box, 26)
    edges(sheet, net, "#8A7442", 0.22)
    groups_of_islets(sheet, net, "#B9C08A", ink, 40, 17, 32, "#F7F0DA")
    x, y = net.xy(114.4, 17.45)
    tag(sheet, x, y, "Quần đảo Hoàng Sa", 88)
    x, y = net.xy(113.6, 7.25)
    tag(sheet, x, y, "Quần đảo Trường Sa", 88)
    # the two names, from top to bottom as Hán is written
    for lon, lat, text, read in ((110.32, 17.0, "黃沙", "Hoàng Sa"), (111.0, 14.35, "萬里長沙", "Vạn lý Trường Sa")):
        x, y = net.xy(lon, lat)
        size = 200
        h = size * 1.06 * len(text) + 40
        sheet.rect(x - 150, y - 30, 300, h + 40, "#F6EFD9", rx=16, fill_opacity=0.94, stroke=ink, stroke_width=7)
        sheet.vertical(x, y, text, size, ink, 700)
        sheet.text(x, y + h + 100, read, 82, weight=600, style="italic", fill="#3A2A18", anchor="middle", halo=paper)
    # title slip
    x, y = net.xy(101.35, 23.85)
    w = 520
    sheet.rect(x, y, w, 2420, "#F8F2DE", stroke=ink, stroke_width=14)
    sheet.rect(x + 28, y + 28, w - 56, 2420 - 56, stroke=ink, stroke_width=4)
    sheet.vertical(x + w / 2, y + 130, "大南一統全圖", 330, ink, 700, gap=1.09)
    sheet.text(x + w + 90, y + 170, "Đại Nam", 150, weight=600, fill=ink, halo="#E6DAB4")
    sheet.text(x + w + 90, y + 340, "nhất thống toàn đồ", 118, weight=600, fill=ink, halo="#E6DAB4")
    sheet.text(x + w + 90, y + 480, "thường ghi 1838", 84, weight=400, style="italic", fill="#4A3A22", halo="#E6DAB4")
    sheet.text(x + w + 90, y + 600, "Đường bờ đã giản lược", 62, SANS, 500, fill="#5A4A2E", halo="#E6DAB4")
    sheet.text(x + w + 90, y + 690, "Simplified coast", 56, SANS, 400, fill="#675B48", halo="#E6DAB4")
    # mount: the paper of a scroll
    sheet.path("M-5 -5H%sV%sH-5ZM%s %sV%sH%sV%sZ" % (n(W + 5), n(H + 5), n(net.left), n(net.top), n(net.bottom), n(net.right), n(net.top)), "#CDBf94".upper(), fill_rule="evenodd")
    rng = random.Random("brocade")
    d = []
    for row in range(0, H // 80 + 1):
        for col in range(0, W // 160 + 1):
            cx, cy = col * 160 + (80 if row % 2 else 0), row * 80
            if net.left - 40 < cx < net.right + 40 and net.top - 40 < cy < net.bottom + 40:
                continue
            if cy > net.bottom + 60:
                continue
            d.append("M%s %sl44 -22l44 22l-44 22z" % (n(cx - 44), n(cy)))
    sheet.path("".join(d), stroke="#A8935C", stroke_width=3, stroke_opacity=0.55)
    sheet.rect(net.left - 40, net.top - 40, net.right - net.left + 80, net.bottom - net.top + 80, stroke="#5A4A2A", stroke_width=5)
    sheet.rect(net.left, net.top, net.right - net.left, net.bottom - net.top, stroke=ink, stroke_width=16)
    sheet.rect(0, net.bottom + 60, W, H, "#E6DAB4")
    sheet.rect(-10, net.bottom + 60, W + 20, 8, "#5A4A2A")
    footer(sheet, net.bottom + 260, 86, ink, "#5A4A2E", "Chưa xác minh được nơi giữ bản gốc; các triển lãm dùng bản sao.",
           ["Hai tên Hán có trên bản đồ, “ngoài khơi miền Trung”; chỗ đặt ở đây là phỏng theo. · The two Hán names are on the map, off the central coast; their exact places here are approximate.", DISCLOSE], width=4700)
    sheet.save("map-dai-nam-nhat-thong")


def map_taberd_1838():
    W, H = 5200, 7000
    sheet = Sheet(W, H, "An Nam đại quốc họa đồ (hình vẽ)")
    net = mercator(101.6, 117.8, 24.2, 240, 240, W - 240, 6230)
    FRAMES["map-taberd-1838"] = net.fractions(W, H)
    ink, paper = "#2E2A20", "#EDE3C6"
    box = (net.left, net.top, net.right, net.bottom)
    C = net.xy(112.2, 13.35)

    def over_sea():
        stains(sheet, "taberd", 12, ["#FAF4E0", "#D6C596", "#E3D6AC"], 0.4, box)
        graticule(sheet, net, 2, "#55503A", 2.4, 0.38)
        rhumbs(sheet, net, C[0], C[1], 2100, ("#6B5A34", "#8B7440", "#A6553A"), 2.0, 0.26, nodes=8, centre_opacity=0.40)
    theme = dict(scale=1.7, sea=paper, near="#C6D2BE", shore="#43503E", bands=[7, 15, 24, 34, 45], shore_width=1.2, over_sea=over_sea, land="#E9D9A6", ink=ink, line=2.1,
                 wash=shades(30, "#E4D29E", "#BA9F5E", 6), viet_nam_wash=shades(40, "#E0CF96", "#8C8C46", 7))
    coastline(sheet, net, COAST, theme)
    flecks(sheet, "taberd", 600, "#4A4026", 0.15, box, 20)
    edges(sheet, net, "#86702F", 0.22)
    groups_of_islets(sheet, net, "#BDB468", ink, 44, 19, 36, "#F6EFD8")
    x, y = net.xy(114.05, 17.75)
    tag(sheet, x, y, "Quần đảo Hoàng Sa", 88)
    x, y = net.xy(114.2, 7.15)
    tag(sheet, x, y, "Quần đảo Trường Sa", 88)
    x, y = net.xy(113.12, 16.28)
    sheet.text(x, y, "Paracel seu Cát Vàng", 138, weight=600, style="italic", fill="#4A1A10", halo="#EDE3C6")
    for i, side in (("p-hue", "end"), ("p-da-nang", "end"), ("p-quang-ngai", "end"), ("p-quy-nhon", "end"), ("p-ha-noi", "end")):
        p = BY_ID[i]
        px, py = net.xy(p["lon"], p["lat"])
        sheet.circle(px, py, 13, "#F3E9CB", stroke=ink, stroke_width=4)
        sheet.text(px - 32, py + 20, p["vi"], 64, SANS, 500, fill="#4F4A36", anchor=side, halo="#E4D49E")
    p = BY_ID["p-ly-son"]
    px, py = net.xy(p["lon"], p["lat"])
    sheet.add(islet(sheet, p, px, py, 34, "#BDB468", ink))
    sheet.text(px + 48, py + 20, "Lý Sơn", 64, SANS, 500, fill="#4F4A36", halo=paper)
    # trilingual title
    w, h = 1190, 1290
    x, y = net.left + 80, net.xy(101.6, 18.05)[1]
    panel(sheet, x, y, w, h, "#F7F0DB", ink, 20)
    cx = x + w / 2
    sheet.text(cx, y + 270, "安南大國畫圖", 166, family=HAN, weight=700, fill=ink, anchor="middle", spacing=6)
    rule(sheet, cx, y + 360, 820, ink, 18)
    lines_of(sheet, cx, y + 500, [
        ("An Nam đại quốc họa đồ", 86, 1.75, dict(weight=600, fill=ink)), ("Tabula Geographica", 94, 1.15, dict(weight=600, style="italic", fill=ink)),
        ("imperii Anamitici", 94, 1.7, dict(weight=600, style="italic", fill=ink)), ("Jean-Louis Taberd", 76, 1.3, dict(weight=500, fill=ink)), ("1838", 100, 1.5, dict(weight=600, fill="#8C2F1C"))])
    sheet.text(cx, y + h - 135, "Hình vẽ trên bờ biển ngày nay", 50, SANS, 500, fill="#5A5238", anchor="middle")
    sheet.text(cx, y + h - 75, "Drawn on today’s coast", 46, SANS, 400, fill="#5A5238", anchor="middle")
    border(sheet, net, (ink, "#F3EACF", "#5B5A34"), 52, 1, 2, 62)
    footer(sheet, 6520, 74, ink, "#5A5238", "In kèm bộ từ điển của Taberd (1838); bản số hóa tại Gallica (BnF) ký hiệu btv1b53093605j",
           [DISCLOSE, "Dòng “Paracel seu Cát Vàng” đặt ở phía bắc vĩ tuyến 16, phía đông kinh tuyến 110 theo mô tả. · The words are set north of 16° N and east of 110° E as described."], width=4700)
    sheet.save("map-taberd-1838")


def map_tu_chi_lo_do():
    W, H = 6400, 4700
    sheet = Sheet(W, H, "Toản tập Thiên Nam tứ chí lộ đồ thư (hình vẽ)")
    ink, paper = "#2B2018", "#E3D2A6"
    sheet.rect(0, 0, W, H, "#C9B586")
    sheet.rect(0, 0, W, H, sheet.linear(0, 0, 0, H, [(0, "#000000", 0.0), (1, "#5A4420", 0.25)]))
    L, T, R, B = 240, 220, W - 240, 3960
    sheet.rect(L + 20, T + 26, R - L, B - T, "#3A2A14", fill_opacity=0.25)
    sheet.rect(L, T, R - L, B - T, paper)
    box = (L, T, R, B)
    mid = W / 2
    # left leaf: the diagram, right leaf: what the note says
    stains(sheet, "tu chi", 12, ["#F0E4C2", "#C9B079", "#D6C08C"], 0.42, box)
    d_left, d_right = L + 130, mid - 130
    net = Net("", 107.66, 109.62, 14.12, 14.12 + 1.96 * (B - T - 300) / (d_right - d_left), d_left, T + 150, d_right, B - 150)
    clip = (net.left, net.top, net.right, net.bottom)
    theme = dict(scale=2.0, sea="#DCCDA2", near="#C6C6A0", shore="#3A3524", bands=[8, 17, 27], shore_width=1.6, land="#CDB680", ink=ink, line=4.4,
                 wash=[(30, "#C2A973"), (16, "#B09760")], viet_nam_wash=[])
    rng = random.Random("brush waves")

    def over():
        d = []
        for _ in range(260):
            x, y = rng.uniform(clip[0], clip[2]), rng.uniform(clip[1], clip[3])
            d.append("M%s %sq22 -16 44 0t44 0" % (n(x), n(y)))
        sheet.path("".join(d), stroke="#4A4630", stroke_width=4, stroke_opacity=0.28, stroke_linecap="round")
    theme["over_sea"] = over
    coastline(sheet, net, COAST, theme, viet_nam=False, step=16)
    # cover what lies outside the leaf's drawing
    sheet.path("M%s %sH%sV%sH%sZM%s %sV%sH%sV%sZ" % (n(L), n(T), n(mid), n(B), n(L), n(net.left), n(net.top), n(net.bottom), n(net.right), n(net.top)), paper, fill_rule="evenodd")
    sheet.path("M-5 -5H%sV%sH-5ZM%s %sV%sH%sV%sZ" % (n(W + 5), n(H + 5), n(L), n(T), n(B), n(R), n(T)), "#C3AE7C", fill_rule="evenodd")
    sheet.path("M%s %sH%sV%sH%sZ" % (n(mid), n(T), n(R), n(B), n(mid)), paper)
    stains(sheet, "tu chi leaf", 5, ["#F0E4C2", "#C9B079"], 0.3, (mid + 600, T + 700, R - 600, B - 700))
    sheet.rect(net.left, net.top, net.right - net.left, net.bottom - net.top, stroke=ink, stroke_width=9)
    # the shoal: one long bank of dots
    rng = random.Random("bai cat vang")
    dots = []
    ax, ay = net.left + (net.right - net.left) * 0.84, net.top + 600
    by = net.bottom - 620
    for i in range(1100):
        t = rng.random()
        half = 140 * math.sin(math.pi * t) ** 0.55
        x = ax + 60 * math.sin(t * 5) + rng.uniform(-1, 1) * half
        y = ay + (by - ay) * t
        dots.append('<circle cx="%s" cy="%s" r="%s"/>' % (n(x), n(y), n(rng.uniform(3, 8.5))))
    sheet.add('<g fill="#7A4E1E" class="reported">%s</g>' % "".join(dots))
    sheet.add('<g transform="rotate(90 %s %s)">' % (n(ax - 215), n((ay + by) / 2)))
    sheet.text(ax - 215, (ay + by) / 2 + 45, "Bãi Cát Vàng", 170, weight=600, style="italic", fill="#4A1A10", anchor="middle", halo="#DCCDA2", spacing=20)
    sheet.add("</g>")
    for lat, text in ((15.879, "Đại Chiêm"), (14.62, "Sa Vinh")):
        x, y = net.xy(108.335 if lat > 15 else 109.06, lat)
        sheet.circle(x, y, 26, "#F0E4C2", stroke=ink, stroke_width=9)
        sheet.text(x - 60, y + 34, "cửa " + text, 104, weight=600, style="italic", fill="#3A1F10", anchor="end", halo="#CDB680")
    tag(sheet, net.right - 60, net.top + 150, "Triển lãm: tên cũ của Quần đảo Hoàng Sa", 66, anchor="end")
    sheet.text(net.left + 60, net.bottom - 150, "Sơ đồ, không theo tỷ lệ", 66, SANS, 500, fill="#3A2C18", halo="#CDB680")
    sheet.text(net.left + 60, net.bottom - 66, "Diagram, not to scale", 58, SANS, 400, fill="#4A3C26", halo="#CDB680")
    # right leaf, ruled columns
    l2, r2 = mid + 150, R - 150
    sheet.rect(l2, T + 150, r2 - l2, B - T - 300, stroke=ink, stroke_width=9)
    sheet.rect(l2 + 26, T + 176, r2 - l2 - 52, B - T - 352, stroke=ink, stroke_width=3)
    sheet.vertical(r2 - 260, T + 290, "纂集天南四至路圖書", 285, ink, 700, gap=1.12)
    xline = r2 - 500
    sheet.rect(xline, T + 176, 3, B - T - 352, ink)
    cx = (l2 + xline) / 2
    yy = T + 470
    for line, size in (("Toản tập Thiên Nam", 150), ("tứ chí lộ đồ thư", 150)):
        sheet.text(cx, yy, line, size, weight=600, fill=ink, anchor="middle")
        yy += 190
    sheet.text(cx, yy, "Đỗ Bá soạn · thế kỷ 17 (niên đại còn khác nhau)", 72, SANS, 500, fill="#5A4426", anchor="middle")
    yy += 190
    rule(sheet, cx, yy, 1300, ink, 28)
    yy += 400
    for big, vi, en in (("400 dặm", "chiều dài của bãi", "length of the bank"), ("20 dặm", "chiều rộng", "width"), ("18 thuyền", "mỗi năm ra bãi, tháng cuối mùa đông", "boats a year, last month of winter")):
        sheet.text(cx, yy, big, 240, weight=600, fill="#4A1A10", anchor="middle")
        sheet.text(cx, yy + 135, vi, 82, SANS, 500, fill="#3A2C18", anchor="middle")
        sheet.text(cx, yy + 240, en, 68, SANS, 400, fill="#5A4A30", anchor="middle")
        yy += 720
    # the fold
    sheet.rect(mid - 150, T, 150, B - T, sheet.linear(mid - 150, 0, mid, 0, [(0, "#4A3412", 0), (1, "#4A3412", 0.34)]))
    sheet.rect(mid, T, 110, B - T, sheet.linear(mid, 0, mid + 110, 0, [(0, "#4A3412", 0.28), (1, "#4A3412", 0)]))
    flecks(sheet, "tu chi", 900, "#4A3618", 0.22, box, 30)
    footer(sheet, 4150, 80, ink, "#4F3F24", "Bản chép đóng chung trong Hồng Đức bản đồ, Viện Nghiên cứu Hán Nôm; có bản ở Pháp (theo sách giới thiệu)",
           ["Lời chú theo phần giới thiệu đã công bố; hình bãi là diễn giải. · The note as reported in publications; the shape of the bank is an interpretation."])
    sheet.save("map-tu-chi-lo-do")


NORTH_THEME = dict(scale=1.6, bands=[8, 17, 27], shore_width=1.4, line=2.2)


def map_trieu_thanh_1904():
    W, H = 6600, 6640
    sheet = Sheet(W, H, "Hoàng triều trực tỉnh địa dư toàn đồ (hình vẽ)")
    ink, paper = "#34281C", "#E9DDB4"
    net = mercator(100.6, 133.0, 42.5, 330, 560, W - 330, 5820)
    FRAMES["map-trieu-thanh-1904"] = net.fractions(W, H)
    box = (net.left, net.top, net.right, net.bottom)

    def over_sea():
        stains(sheet, "qing", 16, ["#F4ECD0", "#CBBE8C", "#CFE0D2"], 0.4, box)
        graticule(sheet, net, 5, "#4A5A4E", 2.2, 0.30)
    theme = dict(NORTH_THEME, sea="#D3DDC4", near="#A9C4B6", shore="#3E564C", over_sea=over_sea, land="#EAD9A2", ink=ink, wash=shades(36, "#E6D198", "#BA9654", 6))
    coastline(sheet, net, COAST_NORTH, theme, viet_nam=False)
    stains(sheet, "qing print", 14, ["#D9A08A", "#B9C48A", "#E6C878"], 0.34, (net.left, net.top, net.xy(120, 30)[0], net.xy(110, 22)[1]))
    flecks(sheet, "qing", 700, "#5A4420", 0.16, box, 22)
    # 35 pieces backed with cloth
    border_paper = "#C9BA92"
    sheet.path("M-5 -5H%sV%sH-5ZM%s %sV%sH%sV%sZ" % (n(W + 5), n(H + 5), n(net.left), n(net.top), n(net.bottom), n(net.right), n(net.top)), "#EFE6CC", fill_rule="evenodd")
    cols, rows = 7, 5
    pw, ph = (net.right - net.left) / cols, (net.bottom - net.top) / rows
    rng = random.Random("panels")
    for c in range(cols):
        for r in range(rows):
            x, y = net.left + c * pw, net.top + r * ph
            tint, q = rng.choice((("#FFF6DC", 0.16), ("#8A6428", 0.07), ("#FFFFFF", 0.08), ("#7A5A20", 0.05)))
            sheet.rect(x, y, pw, ph, tint, fill_opacity=q)
            sheet.rect(x, y, 60, ph, sheet.linear(x, 0, x + 60, 0, [(0, "#4A3410", 0.20), (1, "#4A3410", 0)]))
    for c in range(cols + 1):
        x = net.left + c * pw
        sheet.rect(x - 13, net.top - 13, 26, net.bottom - net.top + 26, border_paper)
        sheet.path("".join("M%s %sh26" % (n(x - 13), n(net.top - 13 + 10 * i)) for i in range(int((net.bottom - net.top + 26) / 10))), stroke="#A8966A", stroke_width=2)
    for r in range(rows + 1):
        y = net.top + r * ph
        sheet.rect(net.left - 13, y - 13, net.right - net.left + 26, 26, border_paper)
        sheet.path("".join("M%s %sv26" % (n(net.left - 13 + 10 * i), n(y - 13)) for i in range(int((net.right - net.left + 26) / 10))), stroke="#A8966A", stroke_width=2)
    sheet.rect(net.left - 40, net.top - 40, net.right - net.left + 80, net.bottom - net.top + 80, stroke=ink, stroke_width=10)
    sheet.rect(net.left - 62, net.top - 62, net.right - net.left + 124, net.bottom - net.top + 124, stroke=ink, stroke_width=3)
    sheet.text(W / 2, 400, "皇朝直省地輿全圖", 330, family=HAN, weight=700, fill=ink, anchor="middle", spacing=150)
    x, y = net.xy(111.35, 18.95)
    sheet.text(x, y, "đảo Hải Nam", 104, weight=600, style="italic", fill="#4A1A10", halo="#D3DDC4")
    # cartouche
    w, h = 2080, 1380
    x, y = net.left + 1.75 * pw - w / 2 + 0.5 * pw, net.top + 2.0 * ph - h / 2 + 0.5 * ph
    sheet.rect(x, y, w, h, "#F5EDD3", stroke=ink, stroke_width=11)
    sheet.rect(x + 32, y + 32, w - 64, h - 64, stroke=ink, stroke_width=4)
    lines_of(sheet, x + w / 2, y + 310, [
        ("Hoàng triều trực tỉnh", 178, 1.2, dict(weight=600, fill=ink)), ("địa dư toàn đồ", 178, 1.45, dict(weight=600, fill=ink)),
        ("Thượng Hải · 1904", 142, 1.6, dict(weight=500, fill="#8C2F1C")), ("35 miếng bồi vải · khoảng 115 × 140 cm", 88, 1.5, dict(family=SANS, weight=500, fill="#5A4A2E")),
        ("Sơ đồ: 5 × 7 ô gấp và đường bờ biển", 80, 1.4, dict(family=SANS, weight=400, fill="#5A4A2E")), ("Diagram: 5 × 7 folded panels and the coast", 74, 1.4, dict(family=SANS, weight=400, fill="#675B48"))])
    footer(sheet, 6060, 80, ink, "#5A4A2E", "Bảo tàng Lịch sử quốc gia (Hà Nội); TS Mai Ngọc Hồng trao ngày 25-7-2012",
           ["Khung vẽ dừng ở đảo Hải Nam, theo mô tả của Bảo tàng Lịch sử quốc gia và triển lãm. Không vẽ đường ranh giới; màu nền không có nghĩa. · The frame ends at Hainan Island, as the National Museum of History and the exhibition describe. No boundaries are drawn; the tints carry no meaning."])
    sheet.save("map-trieu-thanh-1904")


def inside(x, y, r):
    hit = False
    for a, b in zip(r, r[1:] + r[:1]):
        if (a[1] > y) != (b[1] > y) and x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0]:
            hit = not hit
    return hit


def map_postal_1919():
    W, H = 7200, 5560
    sheet = Sheet(W, H, "Trung Hoa bưu chính dư đồ 1919 (hình vẽ)")
    ink, paper = "#17333A", "#EEF0E4"
    net = mercator(105.6, 124.6, 29.6, 260, 300, W - 260, 4800)
    FRAMES["map-postal-1919"] = net.fractions(W, H)
    box = (net.left, net.top, net.right, net.bottom)

    def over_sea():
        stains(sheet, "post", 10, ["#FFFFFF", "#C9DAD6", "#E2E4D2"], 0.5, box)
        graticule(sheet, net, 1, "#2F6068", 1.6, 0.22)
        graticule(sheet, net, 5, "#2F6068", 2.6, 0.42)
    theme = dict(NORTH_THEME, scale=1.7, bands=[5, 11, 18, 26], sea="#DDE8E2", near="#A8CCCB", shore="#2F6068", shore_width=1.4, over_sea=over_sea, land="#F4EFDC", ink=ink, line=2.0,
                 wash=shades(28, "#F0E9CF", "#CBBF86", 6))
    coastline(sheet, net, COAST_NORTH, theme, viet_nam=False)
    flecks(sheet, "post", 400, "#2A4A4A", 0.10, box, 20)
    edges(sheet, net, "#5A7A70", 0.14)
    # title
    w, h = 3060, 1120
    x, y = net.right - w - 110, net.bottom - h - 110
    sheet.rect(x, y, w, h, "#F6F4E8", stroke=ink, stroke_width=12)
    sheet.rect(x + 30, y + 30, w - 60, h - 60, stroke=ink, stroke_width=4)
    for px, py in ((x + 30, y + 30), (x + w - 30, y + 30), (x + 30, y + h - 30), (x + w - 30, y + h - 30)):
        sheet.circle(px, py, 26, "#F6F4E8", stroke=ink, stroke_width=5)
    cx = x + w / 2
    sheet.text(cx, y + 380, "中華郵政輿圖", 310, family=HAN, weight=700, fill=ink, anchor="middle", spacing=70)
    rule(sheet, cx, y + 490, 1900, ink, 26)
    lines_of(sheet, cx, y + 650, [("Postal Atlas of China", 140, 1.2, dict(weight=600, fill=ink)), ("Trung Hoa bưu chính dư đồ · 1919", 112, 1.5, dict(weight=500, fill="#8C2F1C")),
                                   ("Chỉ vẽ đường bờ biển, không ghi địa danh · The coast alone, without place names", 60, 1.3, dict(family=SANS, weight=500, fill="#3F5A5E"))])
    border(sheet, net, (ink, "#F4F4EA", "#2F6068"), 52, 0.5, 1, 62)
    footer(sheet, 5110, 80, ink, "#3F5A5E", "một trong bốn atlas trưng bày",
           ["Khung vẽ dừng ở đảo Hải Nam, theo triển lãm. Không ghi địa danh, không vẽ đường ranh giới. · The frame ends at Hainan Island, following the exhibition. No place names, no boundaries."])
    sheet.save("map-postal-1919")


# ---------------------------------------------------------------- 3. the waiting picture

def waiting_net():
    """The framing of the waiting picture; the lamp stands on Lý Sơn."""
    W, H = 3840, 2160
    k = 173.2
    x, y = 1746.0, 664.6
    lon, lat = BY_ID["p-ly-son"]["lon"], BY_ID["p-ly-son"]["lat"]
    west = lon - x / k
    north = merc_inverse(merc(lat) + y / k)
    south = merc_inverse(merc(north) - H / k)
    return Net("Mercator", west, west + W / k, south, north, 0, 0, W, H)


def waiting_labels(sheet, net, ink, quiet, halo, night):
    for lon, lat, text in ((113.05, 16.02, "Quần đảo Hoàng Sa"), (114.64, 9.68, "Quần đảo Trường Sa")):
        x, y = net.xy(lon, lat)
        sheet.text(x, y, text, 60, weight=600, fill=ink, halo=halo, halo_width=0.20, class_="archipelago")
    x, y = net.xy(BY_ID["p-ly-son"]["lon"], BY_ID["p-ly-son"]["lat"])
    sheet.text(x + 4, y + 108, "Đảo Lý Sơn", 40, SANS, 500, fill=ink, halo=halo, halo_width=0.20)
    x, y = net.xy(115.0, 13.62)
    sheet.text(x, y, "Biển Đông", 80, weight=400, style="italic", fill=quiet, anchor="middle", spacing=30, halo=halo, halo_width=0.1)


def attract_night():
    net = waiting_net()
    W, H = net.right, net.bottom
    sheet = Sheet(W, H, "Biển đêm")
    C = net.xy(112.95, 13.2)
    sea = sheet.radial(C[0], C[1] - 100, 2300, [(0, "#12324A", 1), (0.52, "#0D2234", 1), (1, "#081624", 1)])
    sheet.rect(0, 0, W, H, "#0B1C2C")
    sheet.rect(0, 0, W, H, sea)
    graticule(sheet, net, 5, "#6C93AC", 2, 0.20)
    rhumbs(sheet, net, C[0], C[1], 1500, ("#8FB2C6", "#8FB2C6", "#8FB2C6"), 2, 0.13, nodes=8, centre_opacity=0.30)
    sheet.glow(C[0], C[1], 900, "#8FB2C6", 0.10)
    px = land_rings(net, COAST, 120)
    sheet.defs.append('<path id="land" d="%s"/>' % "".join(curve(r) for r in px))
    for width, colour, opacity in ((112, "#173A53", 0.30), (92, "#1A4059", 0.35), (68, "#1C4560", 0.35), (52, "#1E4963", 0.40), (34, "#22516C", 0.42), (20, "#265873", 0.50)):
        sheet.add('<use xlink:href="#land" fill="none" stroke="%s" stroke-opacity="%s" stroke-width="%s" stroke-linejoin="round"/>' % (colour, opacity, n(width)))
    sheet.add('<use xlink:href="#land" fill="#1D3346" stroke="#5E8198" stroke-width="2.4" stroke-linejoin="round"/>')
    vn = land_rings(net, VIET_NAM, 120)
    sheet.path("".join(curve(r) for r in vn), "#34546A")
    runs = [[net.xy(*p) for p in run] for run in VIET_NAM_COAST]
    sheet.path("".join(curve(r, closed=False) for r in runs), stroke="#B9C7C6", stroke_width=2.8, stroke_linejoin="round")
    chosen, where = islets(sheet, net, "#E9DDBE", "#E9DDBE", 19, 8, 17)
    for p in chosen:
        x, y, r = where[p["id"]]
        sheet.glow(x, y, r * 2.1, "#3E7390", 0.55)
    for lon, lat, r, q in ((112.0, 16.55, 190, 0.72), (114.3, 10.5, 190, 1.35), (112.5, 8.5, 170, 0.6)):
        x, y = net.xy(lon, lat)
        sheet.glow(x, y, r, "#2A6482", 0.40, q)
    draw_islets(sheet, chosen, where, "#E9DDBE", "#E9DDBE")
    x, y = net.xy(BY_ID["p-ly-son"]["lon"], BY_ID["p-ly-son"]["lat"])
    sheet.glow(x, y, 150, "#F6E0AC", 0.42)
    sheet.circle(x, y, 13, "#F6E0AC")
    waiting_labels(sheet, net, "#F7F0E0", "#7FA3B8", "#0D2234", True)
    # calm for the title: the left two fifths sink into the night
    sheet.rect(0, 0, W, H, sheet.linear(0, 0, W * 0.46, 0, [(0, "#07131F", 0.90), (0.45, "#07131F", 0.72), (1, "#07131F", 0)]))
    sheet.rect(0, 0, W, H, sheet.linear(0, H, 0, H * 0.62, [(0, "#07131F", 0.55), (1, "#07131F", 0)]))
    sheet.rect(0, 0, W, H, sheet.linear(0, 0, 0, H * 0.22, [(0, "#07131F", 0.38), (1, "#07131F", 0)]))
    sheet.save("attract-night")
    print("attract lamp (%.4f, %.4f) rests %s" % (x / W, y / H, ["(%.4f, %.4f)" % (a / W, b / H) for a, b in (net.xy(111.95, 16.5), net.xy(114.2, 10.2))]))


def attract_light():
    net = waiting_net()
    W, H = net.right, net.bottom
    sheet = Sheet(W, H, "Hải đồ dưới ánh đèn")
    ink = "#3A2814"
    box = (0, 0, W, H)
    C = net.xy(112.95, 13.2)

    def over_sea():
        stains(sheet, "attract", 16, ["#F8EED2", "#DCC48E", "#E8D6A6"], 0.40, box)
        for lon, lat, r, q in ((112.0, 16.55, 300, 0.72), (114.3, 10.5, 300, 1.35), (112.5, 8.5, 260, 0.6)):
            x, y = net.xy(lon, lat)
            sheet.glow(x, y, r, "#C3CFAE", 0.5, q)
        graticule(sheet, net, 5, "#5A4522", 2, 0.28)
        rhumbs(sheet, net, C[0], C[1], 1500, ("#5B4526", "#7C6136", "#A6492F"), 2.0, 0.30, nodes=16, centre_opacity=0.46)
    theme = dict(scale=1.0, sea="#EBD9AC", near="#CDD0A8", shore="#4E4528", bands=[9, 19, 30, 42], shore_width=1.7, over_sea=over_sea, land="#DFC188", ink=ink, line=3.2,
                 wash=shades(32, "#DBBC82", "#B68B4E", 6), viet_nam_wash=shades(44, "#DEBC7C", "#B47F3E", 8))
    coastline(sheet, net, COAST, theme)
    flecks(sheet, "attract", 500, "#6B4F22", 0.13, box, 16)
    x, y = net.xy(117.58, 17.42)
    rose(sheet, x, y, 150, ink, "#F3E6C4", "#A63A24", "simple")
    chosen, where = islets(sheet, net, "#CF9A50", ink, 19, 8, 17)
    for p in chosen:
        x, y, r = where[p["id"]]
        sheet.glow(x, y, r * 1.6, "#F8F0D8", 0.7)
    draw_islets(sheet, chosen, where, "#CF9A50", ink)
    x, y = net.xy(BY_ID["p-ly-son"]["lon"], BY_ID["p-ly-son"]["lat"])
    sheet.add(islet(sheet, BY_ID["p-ly-son"], x, y, 19, "#CF9A50", ink))
    x, y = net.xy(113.05, 15.32)
    sheet.text(x, y, "“Paracel seu Cát Vàng”, 1838", 50, weight=400, style="italic", fill="#6B4420", halo="#EBD9AC", halo_width=0.2)
    waiting_labels(sheet, net, "#241A0C", "#6B6444", "#EBD9AC", False)
    sheet.save("attract-light")


# ---------------------------------------------------------------- 4. pictures of the halls

def hall_ban_do():
    W, H = 1200, 800
    sheet = Sheet(W, H, "Bản đồ")
    net = mercator(103.9, 120.1, 18.25, 0, 0, W, H)
    ink = "#3A2814"
    box = (0, 0, W, H)
    C = net.xy(116.85, 14.55)

    def over_sea():
        stains(sheet, "hall ban do", 10, ["#F8EED2", "#DCC48E", "#E8D6A6"], 0.45, box)
        graticule(sheet, net, 5, "#5A4522", 1.2, 0.3)
        rhumbs(sheet, net, C[0], C[1], 380, ("#5B4526", "#7C6136", "#A6492F"), 1.1, 0.36, nodes=16, centre_opacity=0.55)
    theme = dict(scale=0.6, sea="#EBD9AC", near="#CBD0A8", shore="#4E4528", bands=[9, 18, 28, 39], shore_width=1.8, over_sea=over_sea, land="#DFC188", ink=ink, line=3.6,
                 wash=shades(32, "#DBBC82", "#B68B4E", 6), viet_nam_wash=shades(44, "#DEBC7C", "#B47F3E", 8))
    coastline(sheet, net, COAST, theme)
    flecks(sheet, "hall", 160, "#6B4F22", 0.15, box, 10)
    rose(sheet, C[0], C[1], 100, ink, "#F3E6C4", "#A63A24", "simple")
    chosen, where = islets(sheet, net, "#CF9A50", ink, 15, 6.5, 13)
    draw_islets(sheet, chosen, where, "#CF9A50", ink)
    for lon, lat, text in ((112.2, 14.98, "Quần đảo Hoàng Sa"), (113.6, 12.1, "Quần đảo Trường Sa")):
        x, y = net.xy(lon, lat)
        sheet.text(x, y, text, 38, weight=600, fill="#241A0C", anchor="middle", halo="#EBD9AC", class_="archipelago")
    edges(sheet, net, "#7A5520", 0.24)
    sheet.save("hall-ban-do")


def hall_trung_quoc():
    W, H = 1200, 800
    sheet = Sheet(W, H, "Bản đồ xuất bản tại Trung Quốc")
    net = mercator(103.0, 124.5, 30.6, 0, 0, W, H)
    ink = "#34281C"
    box = (0, 0, W, H)

    def over_sea():
        stains(sheet, "hall tq", 8, ["#F4ECD0", "#CBBE8C", "#CFE0D2"], 0.4, box)
    theme = dict(scale=0.6, sea="#D3DDC4", near="#A9C4B6", shore="#3E564C", bands=[8, 17, 27], shore_width=1.8, line=3.4, over_sea=over_sea, land="#EAD9A2", ink=ink,
                 wash=[(30, "#E3CC90"), (18, "#D6B97A"), (8, "#BF9C5C")])
    coastline(sheet, net, COAST_NORTH, theme, viet_nam=False)
    flecks(sheet, "hall tq", 140, "#5A4420", 0.16, box, 10)
    rng = random.Random("hall panels")
    cols, rows = 7, 5
    for c in range(cols):
        for r in range(rows):
            x, y, w, h = c * W / cols, r * H / rows, W / cols, H / rows
            tint, q = rng.choice((("#FFF6DC", 0.20), ("#8A6428", 0.08), ("#FFFFFF", 0.10), ("#7A5A20", 0.06)))
            sheet.rect(x, y, w, h, tint, fill_opacity=q)
            sheet.rect(x, y, 16, h, sheet.linear(x, 0, x + 16, 0, [(0, "#4A3410", 0.26), (1, "#4A3410", 0)]))
    for c in range(1, cols):
        sheet.rect(c * W / cols - 3.5, 0, 7, H, "#C9BA92")
        sheet.rect(c * W / cols - 3.5, 0, 1, H, "#A8966A")
    for r in range(1, rows):
        sheet.rect(0, r * H / rows - 3.5, W, 7, "#C9BA92")
        sheet.rect(0, r * H / rows - 3.5, W, 1, "#A8966A")
    sheet.save("hall-trung-quoc")


# ---------------------------------------------------------------- all of them

def main():
    os.makedirs(OUT, exist_ok=True)
    plates = [(k.replace("_", "-"), v) for k, v in sorted(globals().items()) if k.startswith(("map_", "hall_", "attract_"))]
    for name, draw in plates:
        if len(sys.argv) < 2 or name in sys.argv[1:]:
            draw()
    for name, frame in sorted(FRAMES.items()):
        print(name, " ".join("%s %s" % (k, v if isinstance(v, str) else "%.6g" % v if k in ("west", "east", "north") else "%.6f" % v) for k, v in frame.items()))


if __name__ == "__main__":
    main()
