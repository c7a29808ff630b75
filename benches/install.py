#!/usr/bin/env python3
"""Installing a pack beside copying its file: `cp` and `sync` of the same file on the same disk. Standard library only.

usage: install.py PACK.haidang [--rounds N] [--on FOLDER] [--from FOLDER] [--json FILE] [--cold]

Installing is everything the kiosk does but judging the signature, which takes milliseconds: reading, hashing, writing,
syncing each file, opening the pack once. It is run by the test `caretaking::measures_an_installation`, built in release:

    cargo test --release --locked --no-default-features --test tools --no-run

--from copies the pack there first (such as a stick), --on is the disk that is installed to. --cold drops the page cache
before every run, which needs root; otherwise the file is read once before, so that both read it from memory.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = Path(os.environ.get("CARGO_TARGET_DIR") or Path.home() / ".cache/haidang-target")


def test_program():
    built = [path for path in (TARGET / "release/deps").glob("tools-*") if os.access(path, os.X_OK) and not path.suffix]
    if not built:
        sys.exit("the tests are not built: cargo test --release --locked --no-default-features --test tools --no-run")
    return max(built, key=lambda path: path.stat().st_mtime)


def prepare(pack, cold):
    os.sync()
    if cold:
        Path("/proc/sys/vm/drop_caches").write_text("3\n")
    else:
        with open(pack, "rb") as file:
            while file.read(1 << 24):
                pass


def copied(pack, folder):
    """Seconds of cp and of the file's sync, as one would wait before pulling a stick out."""
    target = folder / "copy"
    start = time.perf_counter()
    subprocess.run(["cp", pack, target], check=True)
    subprocess.run(["sync", target], check=True)
    seconds = time.perf_counter() - start
    target.unlink()
    return seconds


def installed(program, pack, folder):
    store = folder / "packs"
    env = {**os.environ, "HAIDANG_INSTALL_PACK": str(pack), "HAIDANG_INSTALL_INTO": str(store)}
    command = [program, "--exact", "caretaking::measures_an_installation", "--nocapture"]
    run = subprocess.run(command, env=env, capture_output=True, text=True, check=False, cwd=ROOT)
    shutil.rmtree(store, ignore_errors=True)
    lines = [line for line in run.stdout.splitlines() if line.startswith("{")]
    if run.returncode or not lines:
        sys.exit(f"installing failed ({run.returncode}):\n{run.stdout[-2000:]}\n{run.stderr[-2000:]}")
    return json.loads(lines[-1])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pack", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--on", type=Path, help="a folder on the disk that is installed to")
    parser.add_argument("--from", dest="source", type=Path, help="a folder that the pack is copied to first")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--cold", action="store_true")
    given = parser.parse_args()
    program, pack = test_program(), given.pack.resolve()
    if given.source:
        pack = Path(shutil.copy(pack, given.source)).resolve()
    folder = Path(tempfile.mkdtemp(prefix="haidang-install-", dir=given.on))
    runs = []
    try:
        for number in range(given.rounds):
            # In turns, and the other one first every other time: a disk is not equally fast all day.
            for what in ("copy", "install") if number % 2 == 0 else ("install", "copy"):
                prepare(pack, given.cold)
                if what == "copy":
                    copy_seconds = copied(pack, folder)
                else:
                    told = installed(program, pack, folder)
            install_seconds = told["install_millis"] / 1000
            runs.append({"copy_seconds": copy_seconds, "install_seconds": install_seconds,
                         "speed": copy_seconds / install_seconds, "self_test_seconds": told["self_test_millis"] / 1000})
            print(f"{number + 1}: cp + sync {copy_seconds:.2f} s, install {install_seconds:.2f} s, "
                  f"{runs[-1]['speed']:.2f} × the speed of copying", flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    size = pack.stat().st_size
    speed = statistics.median(run["speed"] for run in runs)
    print(f"{size / 1e6:.0f} MB, {told['files']} files, median of {len(runs)}: {speed:.2f} × (wanted: 0.80)")
    if given.json:
        figures = {"bytes": size, "files": told["files"], "cold": given.cold, "median_speed": speed, "runs": runs}
        given.json.write_text(json.dumps(figures, indent=1) + "\n")
    sys.exit(0 if speed >= 0.8 else 1)


if __name__ == "__main__":
    main()
