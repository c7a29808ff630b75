#!/usr/bin/env python3
"""Building and installing a large exhibit, beside `cp`, `sync` and cutting alone on the same disk. docs/benches.md.

usage: packs.py [--tool haidang-pack] [--megabytes 2000] [--rounds 3] [--on FOLDER] [--warm] [--json FILE]

It makes an exhibit of 16 pictures (half JPEG, half TIFF) and the voices of the sample, then measures in turn:

    copy      cp -r of its folder, and sync
    cut       `haidang-pack tiles` for every picture, one after the other
    build     `haidang-pack build` with an empty cache
    again     the same once more: every picture lies cut in the cache; the bytes must be the same
    caption   one caption changed, built once more
    install   what benches/install.py measures, beside cp and sync of the built file

Page caches are dropped before every run but the last two builds, which follow on the one before as they do in real
work; that needs root, otherwise, or with --warm, nothing is dropped. Making the exhibit needs numpy and Pillow (the
environment of scripts/bench has them: --python), installing the built test program (see install.py).
"""

import argparse
import hashlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import install
import make_pack

ROOT = Path(__file__).resolve().parent.parent
BENCHES = ROOT / "benches"
VOICES = ROOT / "exhibits/hoang-sa-truong-sa/narration"
PICTURES = 16
# Bytes of a pixel in what make_chart.py and make_tiff.py write.
JPEG_BYTES, TIFF_BYTES = 0.214, 0.362


# The exhibit

def size_for(megabytes, bytes_a_pixel):
    """Width and height, 4:3, of a picture of so many megabytes."""
    unit = max(256, round((megabytes * 1e6 / bytes_a_pixel / 12) ** 0.5))
    return 4 * unit, 3 * unit


def with_comment(jpeg, number):
    """The same picture as another file: a comment stands behind its first mark."""
    words = f"number {number}".encode()
    return jpeg[:2] + b"\xff\xfe" + (len(words) + 2).to_bytes(2, "big") + words + jpeg[2:]


def make_pictures(folder, megabytes, python):
    each = megabytes / PICTURES
    width, height = size_for(each, JPEG_BYTES)
    chart = folder / "chart.jpg"
    subprocess.run([python, BENCHES / "make_chart.py", str(width), str(height), chart], check=True)
    scan = chart.read_bytes()
    chart.unlink()
    for number in range(1, PICTURES // 2 + 1):
        (folder / f"map-{number:03}.jpg").write_bytes(with_comment(scan, number))
    width, height = size_for(each, TIFF_BYTES)
    for number in range(PICTURES // 2 + 1, PICTURES + 1):
        # Another width gives another map.
        size = [str(width - 16 * number), str(height)]
        made = [sys.executable, BENCHES / "make_tiff.py", *size, folder / f"map-{number:03}.tif"]
        subprocess.run(made, check=True, stdout=subprocess.DEVNULL)


def narration(number):
    def track(language):
        name = f"narration/map-{number:03}.{language}"
        return (f'        "{language}": (audio: "{name}.ogg", captions: "{name}.vtt", voice: Synthetic("eSpeak NG"), '
                f'licence: "CC0-1.0", credit: {make_pack.text("Nhóm đo", "For measuring")}, sources: ["made-up"]),\n')
    return f"    narration: {{\n{track('vi')}{track('en')}    }},\n    minutes: 2.0,\n"


def make_exhibit(folder, megabytes, python):
    for part in ("images", "items", "narration"):
        (folder / part).mkdir(parents=True)
    make_pack.png(folder / "images/night.png", (1920, 1080), make_pack.COLOURS[-1:], 1)
    make_pack.png(folder / "images/light.png", (1920, 1080), make_pack.COLOURS[:1], 2)
    make_pictures(folder / "images", megabytes, python)
    voices = sorted(path.name.removesuffix(".vi.ogg") for path in VOICES.glob("*.vi.ogg"))
    for picture in sorted((folder / "images").glob("map-*")):
        number = int(picture.stem.removeprefix("map-"))
        for end in ("vi.ogg", "vi.vtt", "en.ogg", "en.vtt"):
            voice = VOICES / f"{voices[number % len(voices)]}.{end}"
            shutil.copy(voice, folder / f"narration/{picture.stem}.{end}")
        text = make_pack.item(number, f"images/{picture.name}", 3, narration(number))
        (folder / f"items/{picture.stem}.ron").write_text(text, encoding="utf-8")
    halls = [range(1, PICTURES // 2 + 1), range(PICTURES // 2 + 1, PICTURES + 1)]
    (folder / "exhibit.ron").write_text(make_pack.exhibit(halls), encoding="utf-8")
    (folder / "sources.ron").write_text(make_pack.SOURCES, encoding="utf-8")


def bytes_in(folder):
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def change_caption(exhibit, number):
    """Another word at the end of one caption, so that everything behind it moves."""
    captions = exhibit / "narration/map-001.vi.vtt"
    lines = captions.read_text(encoding="utf-8").rstrip("\n").split("\n")
    lines[-1] = lines[-1].split(" …")[0] + " …" + "." * (number % 3)
    captions.write_text("\n".join(lines) + "\n", encoding="utf-8")


# Measuring

class Bench:
    def __init__(self, given, folder):
        self.tool, self.folder, self.cold = given.tool, folder, not given.warm and os.geteuid() == 0
        self.exhibit, self.cache, self.pack = folder / "exhibit", folder / "cache", folder / "pack.haidang"
        self.seconds, self.order, self.captions = {}, ["copy", "cut", "build"], 0

    def drop(self):
        os.sync()
        if self.cold:
            Path("/proc/sys/vm/drop_caches").write_text("3\n")

    def note(self, what, seconds):
        self.seconds.setdefault(what, []).append(seconds)
        print(f"   {what:8} {seconds:8.2f} s", flush=True)

    def timed(self, what, *commands):
        start = time.perf_counter()
        for command in commands:
            run = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
            if run.returncode:
                sys.exit(f"{command[0]} failed ({run.returncode}):\n{run.stdout[-2000:]}\n{run.stderr[-2000:]}")
        self.note(what, time.perf_counter() - start)

    def copy(self):
        target = self.folder / "copy"
        self.drop()
        self.timed("copy", ["cp", "-r", self.exhibit, target], ["sync", "-f", target])
        shutil.rmtree(target)

    def cut(self):
        target = self.folder / "cut"
        target.mkdir()
        pictures = [path for path in sorted((self.exhibit / "images").iterdir())]
        self.drop()
        self.timed("cut", *([self.tool, "tiles", path, target / f"{path.stem}.tiles"] for path in pictures))
        shutil.rmtree(target)

    def built(self, what):
        self.timed(what, [self.tool, "build", self.exhibit, "-o", self.pack, "--cache", self.cache])

    def build(self):
        shutil.rmtree(self.cache, ignore_errors=True)
        self.pack.unlink(missing_ok=True)
        self.drop()
        self.built("build")
        first = sha256(self.pack)
        os.sync()
        self.built("again")
        if sha256(self.pack) != first:
            sys.exit("built twice, and the bytes differ")
        self.captions += 1
        change_caption(self.exhibit, self.captions)
        os.sync()
        self.built("caption")
        if sha256(self.pack) == first:
            sys.exit("a caption changed, and the pack did not")

    def round(self, number):
        print(f"round {number + 1}", flush=True)
        # Another one first each time: a disk is not equally fast all day.
        for step in self.order[number % 3:] + self.order[:number % 3]:
            getattr(self, step)()

    def install_round(self, number, program):
        for what in ("copied", "install") if number % 2 == 0 else ("install", "copied"):
            install.prepare(self.pack, self.cold)
            if what == "copied":
                self.note(what, install.copied(self.pack, self.folder))
            else:
                self.note(what, install.installed(program, self.pack, self.folder)["install_millis"] / 1000)


def sha256(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def told(bench):
    """Medians, and the ratios that are asked for."""
    medians = {what: statistics.median(seconds) for what, seconds in bench.seconds.items()}
    ratios = {"build / (copy + cut)": medians["build"] / (medians["copy"] + medians["cut"])}
    if "install" in medians:
        pairs = zip(bench.seconds["copied"], bench.seconds["install"])
        ratios["speed of installing / cp + sync"] = statistics.median(copied / taken for copied, taken in pairs)
    return {"exhibit_bytes": bytes_in(bench.exhibit), "pack_bytes": bench.pack.stat().st_size, "cold": bench.cold,
            "rounds": bench.seconds, "medians": medians, "ratios": ratios}


def show(figures):
    size, pack = figures["exhibit_bytes"] / 1e6, figures["pack_bytes"] / 1e6
    print(f"\nexhibit {size:.0f} MB, pack {pack:.0f} MB, caches {'dropped' if figures['cold'] else 'warm'}\n")
    print("| | median | least – most |\n|---|---|---|")
    for what, seconds in figures["rounds"].items():
        print(f"| {what} | {figures['medians'][what]:.2f} s | {min(seconds):.2f} – {max(seconds):.2f} s |")
    for what, ratio in figures["ratios"].items():
        print(f"| {what} | {ratio:.2f} | |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tool", default="haidang-pack", help="the pack tool to measure")
    parser.add_argument("--megabytes", type=int, default=2000, help="of all pictures together")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--on", type=Path, help="a folder on the disk that is measured")
    parser.add_argument("--python", default=sys.executable, help="a Python with numpy and Pillow")
    parser.add_argument("--warm", action="store_true", help="drop no page caches")
    parser.add_argument("--without-install", action="store_true", help="the test program is not built")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    program = None if given.without_install else install.test_program()
    folder = Path(tempfile.mkdtemp(prefix="haidang-packs-", dir=given.on))
    try:
        print(f"making an exhibit of {given.megabytes} MB", flush=True)
        make_exhibit(folder / "exhibit", given.megabytes, given.python)
        bench = Bench(given, folder)
        for number in range(given.rounds):
            bench.round(number)
        for number in range(given.rounds if program else 0):
            bench.install_round(number, program)
        figures = told(bench)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    show(figures)
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
