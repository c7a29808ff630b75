"""Running a program and what it cost; the kiosk driven by a replay; medians and tables. For bench.py."""

import json
import os
import platform
import shutil
import signal
import statistics
import subprocess
import threading
import time
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BENCHES = ROOT / "benches"
SCRATCH = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "haidang-bench"
BINARIES = Path(os.environ.get("CARGO_TARGET_DIR") or Path.home() / ".cache/haidang-target") / "release"
PACK_TOOL = BINARIES / "haidang-pack"
KIOSK = BINARIES / "haidang-kiosk"

# A visit that is asked whether anybody is there would spoil idle figures.
SETTINGS = "(idle_seconds: 3600)\n"


class Failed(Exception):
    """A program that ended otherwise than well."""


def say(*words):
    print(*words, flush=True)


def run(command, cwd=None, timeout=3600):
    """Runs a program to its end: seconds, processor seconds, largest resident memory in MB, and what it said."""
    SCRATCH.mkdir(parents=True, exist_ok=True)
    os.sync()
    command = [str(part) for part in command]
    with open(SCRATCH / "output.txt", "w+b") as said, open(SCRATCH / "errors.txt", "w+b") as complained:
        start = time.perf_counter()
        try:
            program = subprocess.Popen(command, cwd=cwd, stdin=subprocess.DEVNULL, stdout=said, stderr=complained,
                                       start_new_session=True)
        except OSError as error:
            raise Failed(f"{Path(command[0]).name} cannot be started: {error}") from error
        late = threading.Timer(timeout, os.killpg, (program.pid, signal.SIGKILL))
        late.start()
        try:
            _, status, used = os.wait4(program.pid, 0)
        except KeyboardInterrupt:
            os.killpg(program.pid, signal.SIGTERM)
            raise
        finally:
            late.cancel()
        wall = time.perf_counter() - start
        program.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        complained.seek(0)
        out, errors = (text.read().decode(errors="replace") for text in (said, complained))
    if program.returncode:
        last = "\n".join((out + errors).strip().splitlines()[-4:])
        raise Failed(f"{Path(command[0]).name} ended with {program.returncode}: {last}")
    return {
        "wall_s": round(wall, 3),
        "cpu_s": round(used.ru_utime + used.ru_stime, 2),
        "rss_mb": round(used.ru_maxrss / 1024, 1),
        "out": out,
    }


def have(program):
    return shutil.which(program) is not None


def size_mb(path):
    files = [path] if path.is_file() else [p for p in path.rglob("*") if p.is_file()]
    return round(sum(p.stat().st_size for p in files) / 1e6, 1)


def remove(*paths):
    for path in paths:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def need_room(gigabytes):
    """Refuses what would fill the disk."""
    SCRATCH.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(SCRATCH).free / 1e9
    if free < gigabytes + 2:
        raise Failed(f"{gigabytes} GB of disk are needed under {SCRATCH}, {free:.0f} GB are free")


class Screens:
    """Where the kiosk is shown: a screen of its own in memory, or the one that is here."""

    def __init__(self, here):
        self.here = here

    def around(self, size):
        if self.here:
            return []
        return ["xvfb-run", "-a", "-s", f"-screen 0 {size[0]}x{size[1]}x24"]


def kiosk(screens, pack, replay, size=(1920, 1080), item=None, timeout=900, stepped=False):
    """Shows a pack, acts the replay out and gives the kiosk's own measurements (docs/replay.md). On a stepped clock
    the replay runs as fast as frames can be drawn."""
    folder = SCRATCH / "run"
    remove(folder)
    folder.mkdir(parents=True)
    (folder / "replay.ron").write_text(replay, encoding="utf-8")
    (folder / "kiosk.ron").write_text(SETTINGS, encoding="utf-8")
    command = screens.around(size) + [
        KIOSK, pack, "--data", SCRATCH / "data" / pack.name, "--settings", folder / "kiosk.ron",
        "--windowed", f"{size[0]}x{size[1]}", "--replay", folder / "replay.ron",
        "--metrics", folder / "metrics.json", "--no-audio",
    ]
    if item:
        command += ["--open", item]
    if stepped:
        command.append("--virtual-time")
    run(command, cwd=folder, timeout=timeout)
    return json.loads((folder / "metrics.json").read_text(encoding="utf-8"))


def machine():
    """What the figures were taken on."""
    def first(path, key):
        try:
            lines = Path(path).read_text().splitlines()
        except OSError:
            return ""
        return next((line.split(":", 1)[1].strip() for line in lines if line.startswith(key)), "")

    def git(*words):
        told = subprocess.run(["git", "-C", str(ROOT), *words], capture_output=True, text=True, check=False)
        return told.stdout.strip()

    return {
        "date": date.today().isoformat(),
        "commit": git("rev-parse", "--short", "HEAD") + ("+changes" if git("status", "--porcelain", "-uno") else ""),
        "processor": first("/proc/cpuinfo", "model name"),
        "cores": os.cpu_count(),
        "memory_gb": round(int((first("/proc/meminfo", "MemTotal") or "0 kB").split()[0]) / 1e6, 1),
        "system": f"{platform.system()} {platform.release()}",
    }


def shown(value, unit=""):
    if value is None:
        return "–"
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return f"{value:,.{digits}f}{unit}"


def spread(values, unit=""):
    """The median of the rounds, with the least and the most."""
    values = [value for value in values if value is not None]
    if not values:
        return "–"
    middle = shown(statistics.median(values), unit)
    return middle if len(values) == 1 else f"{middle} ({shown(min(values))}–{shown(max(values))})"


def ratio(ours, theirs):
    ours, theirs = ([v for v in values if v is not None] for values in (ours, theirs))
    if not ours or not theirs or not statistics.median(theirs):
        return "–"
    return f"{statistics.median(ours) / statistics.median(theirs):.2f}"


def table(heads, rows):
    """A table in Markdown."""
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])
