#!/usr/bin/env python3
"""Speaks the narration texts of a pack with a synthetic voice, as a placeholder for a reader.

  scripts/make-narration.py PACK [--only ID ...] [--force] [--jobs 2] [--rate WPM]

For each PACK/narration/<item>.<lang>.txt (UTF-8, one sentence a line; blank lines and lines that
start with # are left out) it writes beside it
  <item>.<lang>.ogg   mono, 22050 Hz, Vorbis quality 1, -16 LUFS, peak under -1 dBFS
  <item>.<lang>.vtt   captions with the very start and end of each line in the sound
A caption holds at most two lines of 42 characters; a longer sentence becomes several captions.

Needs the Debian packages espeak-ng and vorbis-tools; otherwise the standard library only. The same
text gives the same bytes. Outputs newer than their text are left alone, unless --force. A recorded
voice later takes the place of the .ogg; its captions are then to be made anew by hand.

eSpeak NG is a separate program (GPL-3); only the sound it makes is kept.
"""

import argparse
import array
import concurrent.futures
import math
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
import wave
import zlib

RATE = 22_050
LEAD_IN, PAUSE, TAIL = 0.25, 0.35, 0.30  # seconds
LOUDNESS = -16.0  # LUFS
LINE, CUE = 42, 84  # characters
VOICES = {"vi": "vi", "en": "en-gb"}
RATES = {"vi": 165, "en": 150}  # words a minute; a Vietnamese word is one syllable

# ------------------------------------------------------- text as it is spoken

ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
VIETNAMESE = "ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"


def roman(text):
    values = [ROMAN[c] for c in text]
    return str(sum(-v if v < max(values[i:]) else v for i, v in enumerate(values)))


def centuries(match):
    return re.sub(r"[IVXLC]+", lambda m: roman(m[0]), match[0]).replace("–", " đến ").replace("-", " đến ")


def without_han(text):
    """Hán characters are read as "Chinese letter": the captions keep them, the voice does not."""
    text = "".join(" " if unicodedata.name(c, "").startswith("CJK") else c for c in text)
    text = re.sub(r"\(\s*[,;]?\s*\)", " ", text)
    return re.sub(r"([(,;])\s*[,;]", r"\1", text)


def spoken(line, lang):
    text = unicodedata.normalize("NFC", line).replace("\u00a0", " ").replace("\u202f", " ")
    text = without_han(text)
    vi = lang == "vi"
    word = (lambda a, b: f" {a} ") if vi else (lambda a, b: f" {b} ")
    text = re.sub(r"(?<=\d)\s*°", word("độ", "degrees"), text)
    text = re.sub(r"(?<=\d)\s*′", word("phút", "minutes"), text)
    text = re.sub(r"(?<=\d)\s*″", word("giây", "seconds"), text)
    text = re.sub(r"(?<=\d)\s*[–-]\s*(?=\d)", word("đến", "to"), text)
    text = re.sub(r"\s+[–—]\s+", ", ", text)
    text = re.sub(r"(?<=\d)\s*×\s*(?=\d)", word("nhân", "by"), text)
    text = text.replace("≈", word("khoảng", "about"))
    if vi:
        text = re.sub(r"(?<=\d)\.(?=\d{3}\b)", "", text)
        text = re.sub(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b", r"\1 tháng \2 năm \3", text)
        text = re.sub(r"(?<=\b[Tt]hế kỷ )[IVXL]+(?:\s*[–-]\s*[IVXL]+)?\b", centuries, text)
        text = re.sub(r"(?<=\b[Qq]uyển )[IVXL]+\b|(?<=\b[Tt]ập )[IVXL]+\b", centuries, text)
        text = re.sub(r"(?<=\d) ?km²", " ki lô mét vuông", text)
        text = re.sub(r"(?<=\d) ?km\b", " ki lô mét", text)
        text = re.sub(r"(?<=\d) ?cm\b", " xăng ti mét", text)
        text = re.sub(r"(?<=\d) ?m\b", " mét", text)
        text = re.sub(r"\btr\. ?(?=\d)", "trang ", text)
    else:
        text = re.sub(r"(?<=\d),(?=\d{3}\b)", "", text)
        text = re.sub(r"(?<=\d) ?km²", " square kilometres", text)
        text = re.sub(r"(?<=\d) ?km\b", " kilometres", text)
        text = re.sub(r"(?<=\d) ?cm\b", " centimetres", text)
        text = re.sub(r"(?<=\d) ?m\b", " metres", text)
        text = re.sub(r"\bpp?\. ?(?=\d)", "page ", text)
        text = re.sub(r"(minutes|degrees|seconds)  ?([NSEW])\b",
                      lambda m: m[1] + " " + {"N": "north", "S": "south", "E": "east", "W": "west"}[m[2]], text)
        text = re.sub(r"(?<![\d.,])1[1-9]\d\d(?![\d.]\d|,\d| (?:kilo|metre|people|men|boats|soldiers|square|copies))",
                      year, text)
    text = re.sub(r"[“”«»„\"*_\[\]‹›]", "", text)
    text = text.replace("’", "'").replace("&", word("và", "and")).replace("<", " ").replace(">", " ")
    text = re.sub(r"\s+", " ", text).strip()
    return text if vi else with_vietnamese_names(text)


def year(match):
    """eSpeak reads 1816 as a number; English says "eighteen sixteen"."""
    century, rest = match[0][:2], match[0][2:]
    if rest == "00":
        return f"{century} hundred"
    return f"{century} oh {rest[1]}" if rest[0] == "0" else f"{century} {rest}"


def with_vietnamese_names(text):
    """Names with Vietnamese letters are spoken by the Vietnamese voice (runs of capitalised words)."""
    marked = []
    words = text.split(" ")
    start = 0
    while start < len(words):
        end = start
        while end < len(words) and re.match(r"^\W*\w", words[end]) and has_name_shape(words[end]):
            end += 1
            if re.search(r"[.,;:!?)]$", words[end - 1]):
                break
        run = words[start:end]
        while run and not is_vietnamese(run[0]) and is_english_opening(run[0]):
            marked.append(run.pop(0))
        if any(is_vietnamese(w) for w in run):
            while run and not is_vietnamese(run[-1]) and is_english_opening(run[-1].strip(".,;:!?()")):
                end -= 1
                run.pop()
            body = " ".join(run)
            tail = re.search(r"[.,;:!?)']*(?:s)?$", body) if body.endswith("'s") else re.search(r"[.,;:!?)]*$", body)
            marked.append(f'<voice xml:lang="vi">{body[:tail.start()]}</voice>{tail[0]}')
        else:
            marked.extend(run)
        if end == start:
            marked.append(words[start])
            end += 1
        start = end
    return " ".join(marked)


def has_name_shape(word):
    bare = word.strip("(.,;:!?)'")
    return bool(bare) and (bare[0].isupper() or is_vietnamese(word))


def is_vietnamese(word):
    return any(c in VIETNAMESE for c in word.lower())


# capitalised English words that may stand beside a name and are not part of it
ENGLISH = set("""the in on of at and from under king emperor bishop lord governor magistrate captain it its
he they this that these those when while for to by as after before with map maps archipelago archipelagos
island islands sea east province company companies team squad prince minister ministry board here both
two three one each every is was""".split())


def is_english_opening(word):
    return word.strip("(.,;:!?)'").lower() in ENGLISH


# -------------------------------------------------------------------- sound


def speak(text, lang, rate, folder):
    """One sentence as samples from -1 to 1, without the silence around it."""
    path = pathlib.Path(folder) / "line.wav"
    command = ["espeak-ng", "-v", VOICES[lang], "-s", str(rate), "-g", "2", "-z", "-b", "1", "-m",
               "-w", str(path), "--stdin"]
    subprocess.run(command, input=text.encode("utf-8"), check=True, capture_output=True)
    with wave.open(str(path), "rb") as sound:
        if (sound.getnchannels(), sound.getsampwidth(), sound.getframerate()) != (1, 2, RATE):
            raise ValueError("eSpeak NG gave a sound that is not mono, 16 bit, 22050 Hz")
        samples = array.array("h", sound.readframes(sound.getnframes()))
    if sys.byteorder == "big":
        samples.byteswap()
    return trimmed([s / 32_768 for s in samples])


def trimmed(samples, keep=0.015):
    loudest = max(map(abs, samples), default=0.0)
    if loudest == 0.0:
        return []
    floor = loudest * 10 ** (-42 / 20)
    first = next(i for i, s in enumerate(samples) if abs(s) > floor)
    last = len(samples) - next(i for i, s in enumerate(reversed(samples)) if abs(s) > floor)
    margin = round(keep * RATE)
    cut = samples[max(0, first - margin):last + margin]
    fade = min(margin // 2, len(cut) // 2)
    for i in range(fade):
        cut[i] *= i / fade
        cut[-1 - i] *= i / fade
    return cut


def biquad(samples, b0, b1, b2, a1, a2):
    x1 = x2 = y1 = y2 = 0.0
    out = []
    for x in samples:
        y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2
        x2, x1, y2, y1 = x1, x, y1, y
        out.append(y)
    return out


def loudness(samples):
    """Integrated loudness after ITU-R BS.1770: K weighting, 400 ms blocks, both gates."""
    k = math.tan(math.pi * 1681.974450955533 / RATE)
    q, vh = 0.7071752369554196, 10 ** (3.999843853973347 / 20)
    vb = vh ** 0.4996667741545416
    a0 = 1 + k / q + k * k
    weighted = biquad(samples, (vh + vb * k / q + k * k) / a0, 2 * (k * k - vh) / a0,
                      (vh - vb * k / q + k * k) / a0, 2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0)
    k, q = math.tan(math.pi * 38.13547087602444 / RATE), 0.5003270373238773
    a0 = 1 + k / q + k * k
    weighted = biquad(weighted, 1.0, -2.0, 1.0, 2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0)

    step = RATE // 10
    tenths = [sum(v * v for v in weighted[i:i + step]) for i in range(0, len(weighted) - step + 1, step)]
    powers = [sum(tenths[i:i + 4]) / (4 * step) for i in range(len(tenths) - 3)]
    level = lambda p: -0.691 + 10 * math.log10(p) if p > 0 else -math.inf
    mean = lambda ps: sum(ps) / len(ps) if ps else 0.0
    loud = [p for p in powers if level(p) > -70]
    gate = level(mean(loud)) - 10
    return level(mean([p for p in loud if level(p) > gate]))


def limited(samples, knee=0.5, top=0.79):
    """Rounds off what rises above the knee; nothing passes `top` (-2 dBFS: Vorbis overshoots a little)."""
    room = top - knee
    out = []
    for s in samples:
        size = abs(s)
        if size > knee:
            s = math.copysign(knee + room * math.tanh((size - knee) / room), s)
        out.append(s)
    return out


def levelled(samples):
    result = samples
    for _ in range(3):  # the limiter takes a little away: ask again for what is missing
        now = loudness(result)
        if not math.isfinite(now) or abs(now - LOUDNESS) < 0.1:
            break
        gain = 10 ** ((LOUDNESS - now) / 20)
        result = limited([s * gain for s in result])
    return result


def write_wav(path, samples):
    data = array.array("h", (round(max(-1.0, min(1.0, s)) * 32_767) for s in samples))
    if sys.byteorder == "big":
        data.byteswap()
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        sound.writeframes(data.tobytes())


# ----------------------------------------------------------------- captions

STOP = re.compile(r"[,;:.!?…–—)”]$")


def parting(before, after):
    """What it costs to part a line between two words."""
    if STOP.search(before):
        return 0
    name = before[0].isupper() and after[0].isupper()
    measure = before[-1].isdigit() or after[0].isdigit()
    return 2 if name or measure else 1


def rows(words):
    """The words on one or two rows of at most LINE characters, or None."""
    text = " ".join(words)
    if len(text) <= LINE or len(words) == 1:
        return [text]
    best = None
    for i in range(1, len(words)):
        upper, lower = " ".join(words[:i]), " ".join(words[i:])
        if max(len(upper), len(lower)) <= LINE:
            cost = abs(len(upper) - len(lower)) + 12 * parting(words[i - 1], words[i])
            if best is None or cost < best[0]:
                best = (cost, [upper, lower])
    return best and best[1]


def captions_of(line):
    """A sentence as captions: few, of like length, parted at a comma where one is near."""
    words = [w for w in line.split(" ") if w]
    best = [(0.0, [])] + [None] * len(words)
    parts = max(1, math.ceil(len(line) / CUE))
    wanted = len(line) / parts
    for end in range(1, len(words) + 1):
        for start in range(end - 1, -1, -1):
            size = len(" ".join(words[start:end]))
            if size > CUE and end - start > 1:
                break
            fits = rows(words[start:end])
            if not fits or best[start] is None:
                continue
            cost = best[start][0] + 60 + (size - wanted) ** 2 / 40
            if end < len(words):
                cost += 60 * parting(words[end - 1], words[end])
            if best[end] is None or cost < best[end][0]:
                best[end] = (cost, best[start][1] + [fits])
    return best[-1][1]


def stamp(seconds):
    ms = round(seconds * 1000)
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}.{ms % 1000:03}"


def vtt(lines, times, lang, rate, version):
    blocks = ["WEBVTT", f"NOTE synthetic voice: {version}, voice {VOICES[lang]}, {rate} words a minute"]
    for line, (start, end) in zip(lines, times):
        cues = captions_of(line)
        whole = sum(sum(map(len, cue)) for cue in cues)
        at = 0
        for cue in cues:
            size = sum(map(len, cue))
            begin, finish = (start + (end - start) * x / whole for x in (at, at + size))
            at += size
            text = "\n".join(cue).replace("&", "&amp;").replace("<", "&lt;").replace("-->", "→")
            blocks.append(f"{stamp(begin)} --> {stamp(finish)}\n{text}")
    return "\n\n".join(blocks) + "\n"


# ---------------------------------------------------------------- the files


def make(text_path, item, lang, rate, version):
    lines = [unicodedata.normalize("NFC", l.strip())
             for l in text_path.read_text("utf-8-sig").splitlines()]
    lines = [l for l in lines if l and not l.startswith("#")]
    if not lines:
        raise ValueError("holds no sentence")
    samples, times = [0.0] * round(LEAD_IN * RATE), []
    with tempfile.TemporaryDirectory(prefix="narration-") as folder:
        for number, line in enumerate(lines):
            if number:
                samples += [0.0] * round(PAUSE * RATE)
            said = speak(spoken(line, lang), lang, rate, folder)
            if not said:
                raise ValueError(f"nothing to be heard in: {line}")
            times.append((len(samples) / RATE, (len(samples) + len(said)) / RATE))
            samples += said
        samples += [0.0] * round(TAIL * RATE)
        sound = pathlib.Path(folder) / "all.wav"
        write_wav(sound, levelled(samples))
        # a fixed serial number (oggenc wants a positive one) and no comment but the title
        serial = zlib.crc32(f"{item}.{lang}".encode()) & 0x7FFFFFFF or 1
        ogg = pathlib.Path(folder) / "all.ogg"
        subprocess.run(["oggenc", "-Q", "-q", "1", "-s", str(serial), "-t", item, "-o", str(ogg), str(sound)],
                       check=True, capture_output=True)
        put(text_path.with_suffix(".ogg"), ogg.read_bytes())
        put(text_path.with_suffix(".vtt"), vtt(lines, times, lang, rate, version).encode("utf-8"))
    return len(lines), len(samples) / RATE


def put(path, data):
    """Whole or not at all: another run may be reading or writing the same name."""
    passing = path.with_name(f".{path.name}.{os.getpid()}")
    passing.write_bytes(data)
    os.replace(passing, path)


def fresh(text_path):
    made = text_path.stat().st_mtime
    outputs = (text_path.with_suffix(".ogg"), text_path.with_suffix(".vtt"))
    return all(o.exists() and o.stat().st_mtime >= made for o in outputs)


def main():
    args = argparse.ArgumentParser(description="Speaks a pack's narration texts with a synthetic voice.")
    args.add_argument("pack", type=pathlib.Path, help="the pack folder, which holds narration/")
    args.add_argument("--only", action="append", metavar="ID", help="this item only (may be given again)")
    args.add_argument("--force", action="store_true", help="also where the outputs are newer than the text")
    args.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1), help="texts at a time (2)")
    args.add_argument("--rate", type=int, help="words a minute (vi 165, en 150)")
    args = args.parse_args()
    for tool, package in (("espeak-ng", "espeak-ng"), ("oggenc", "vorbis-tools")):
        if not shutil.which(tool):
            sys.exit(f"{tool} is not installed: apt-get install {package}")
    folder = args.pack / "narration"
    if not folder.is_dir():
        sys.exit(f"{folder} is not a folder")
    version = subprocess.run(["espeak-ng", "--version"], capture_output=True, text=True).stdout
    version = "eSpeak NG " + (re.search(r"\d+\.\d+(\.\d+)?", version) or ["?"])[0]

    work, bad = [], 0
    for path in sorted(folder.glob("*.txt")):
        item, _, lang = path.stem.rpartition(".")
        if args.only and item not in args.only:
            continue
        if not item or lang not in VOICES:
            print(f"{path.name}: the name is not <item>.<{'|'.join(VOICES)}>.txt", file=sys.stderr)
            bad += 1
        elif args.force or not fresh(path):
            work.append((path, item, lang))
        else:
            print(f"{path.name}: up to date")
    with concurrent.futures.ProcessPoolExecutor(max(1, args.jobs)) as pool:
        running = {pool.submit(make, *job, args.rate or RATES[job[2]], version): job[0] for job in work}
        for done in concurrent.futures.as_completed(running):
            name = running[done].name
            try:
                count, seconds = done.result()
                print(f"{name}: {count} sentences, {seconds:.1f} s")
            except subprocess.CalledProcessError as error:
                print(f"{name}: {error.cmd[0]}: {error.stderr.decode('utf-8', 'replace').strip()}", file=sys.stderr)
                bad += 1
            except (OSError, ValueError) as error:
                print(f"{name}: {error}", file=sys.stderr)
                bad += 1
    for only in args.only or []:
        if not list(folder.glob(f"{only}.*.txt")):
            print(f"no text for {only}", file=sys.stderr)
            bad += 1
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
