#!/usr/bin/env python3
"""How long reports and pages take over a large lake, and how much memory: the table of docs/scale.md.

    python3 benches/scale.py LAKE --tool haidang-visits --places FOLDER --periods 2025-2026 2026-H1 [--json OUT]

The dashboard, served on this machine: what counting everything beforehand costs, and its pages. A page is asked for
"first" when nothing of its unit and period was asked before (the server keeps what it answered lately), "again" is the
median of five later ones; for the nation and for the first province, commune, school and kiosk on the way down. Then
every kind of report, each counted twice by the tool, with the most memory its process held. Page caches of the disk are
warm throughout; of the processor there is what else leaves.
"""

import argparse
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

PAGES = ["overview", "items", "places", "kiosks", "reports"]
PRESETS = [("school-year", "2025-10-01"), ("six-months", "2026-03-01"), ("year", "2026-03-01")]
REPORTS = ["pdf", "docx", "xlsx", "csv", "html"]


def sizes(lake):
    table = {}
    for folder in sorted(path for path in lake.iterdir() if path.is_dir()):
        files = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
        table[folder.name] = {"files": len(files), "megabytes": sum(files) / 1e6}
    return table


def measured(command):
    """Seconds, and the most megabytes the process held."""
    begun = time.perf_counter()
    child = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    errors = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{' '.join(map(str, command))}:\n{errors.decode()[-2000:]}")
    return time.perf_counter() - begun, usage.ru_maxrss / 1e3


def fetched(address):
    begun = time.perf_counter()
    with urllib.request.urlopen(address) as answer:
        page = answer.read().decode()
    return (time.perf_counter() - begun) * 1000, page


class Served:
    """The dashboard, for as long as it is needed."""

    def __init__(self, tool, shared):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.origin = f"http://127.0.0.1:{port}"
        begun = time.perf_counter()
        address = ["--address", f"127.0.0.1:{port}"]
        self.process = subprocess.Popen([tool, "serve", *shared, *address], stdout=subprocess.DEVNULL)
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                if self.process.poll() is not None:
                    sys.exit("the dashboard ended")
                time.sleep(0.01)
        self.opened_seconds = time.perf_counter() - begun

    def is_stocked(self):
        """Waits until the server has counted everything beforehand: until it is at rest."""
        begun, used, still = time.perf_counter(), 0, 0
        while still < 20:
            time.sleep(0.1)
            fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="utf-8").rsplit(") ", 1)[1].split()
            now = int(fields[11]) + int(fields[12])
            still = still + 1 if now == used else 0
            used = now
        return time.perf_counter() - begun - 2, used / os.sysconf("SC_CLK_TCK")

    def megabytes(self):
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")
        return {name: int(re.search(rf"{name}:\s+(\d+)", status)[1]) / 1e3 for name in ("VmRSS", "VmHWM")}

    def way_down(self):
        """The nation, and the first unit of every level below it."""
        units, levels = ["nation"], ["province", "commune", "school", "kiosk"]
        for level in levels:
            _, page = fetched(f"{self.origin}/vi/places/{units[-1]}?period={PRESETS[0][0]}&on={PRESETS[0][1]}")
            below = re.search(rf'href="/vi/\w+/({level}-[^"?]+)', page)
            if not below:
                break
            units.append(below[1])
        return units


def pages(served, units):
    table = []
    for unit in units:
        for preset, on in PRESETS:
            for at, page in enumerate(PAGES):
                address = f"{served.origin}/vi/{page}/{unit}?period={preset}&on={on}"
                first, text = fetched(address)
                again = statistics.median(fetched(address)[0] for _ in range(5))
                table.append({"unit": unit, "period": preset, "page": page, "bytes": len(text.encode()),
                              "first_millis": first if at == 0 else None, "kept_millis": first if at else None,
                              "again_millis": again})
    return table


def reports(arguments, units, shared, folder):
    table = []
    for unit in units:
        for period in arguments.periods:
            # Counting twice takes the time of a large unit's report, not its form.
            for kind in REPORTS[:1] if unit.startswith(("nation", "province")) else REPORTS:
                seconds, megabytes = measured([arguments.tool, "report", *shared, "--unit", unit.replace("-", ":", 1),
                                               "--period", period, "-o", Path(folder) / f"report.{kind}"])
                table.append({"unit": unit, "period": period, "report": kind, "seconds": seconds,
                              "megabytes": megabytes})
                print(f"report {unit:22} {period:10} {kind:5} {seconds:6.2f} s {megabytes:7.0f} MB", flush=True)
    return table


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lake", type=Path)
    parser.add_argument("--tool", required=True)
    parser.add_argument("--places", required=True)
    parser.add_argument("--periods", nargs="+", required=True)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    shared = ["--lake", str(arguments.lake), "--places", arguments.places]
    told = {"lake": sizes(arguments.lake)}
    for name, size in told["lake"].items():
        print(f"{name:14} {size['files']:7} files {size['megabytes']:10.1f} MB")
    served = Served(arguments.tool, shared)
    try:
        print(f"dashboard open after {served.opened_seconds:.2f} s, {served.megabytes()['VmRSS']:.0f} MB")
        seconds, processor = served.is_stocked()
        told["stock"] = {"seconds": seconds, "processor_seconds": processor, **served.megabytes()}
        held = served.megabytes()["VmRSS"]
        print(f"everything counted after {seconds:.1f} s, {processor:.1f} s of processor, {held:.0f} MB")
        units = served.way_down()
        told["pages"] = pages(served, units)
        told["dashboard"] = {"opened_seconds": served.opened_seconds, **served.megabytes()}
    finally:
        served.process.terminate()
        served.process.wait()
    for unit in units:
        mine = [page for page in told["pages"] if page["unit"] == unit]
        first = [page["first_millis"] for page in mine if page["first_millis"] is not None]
        later = [page["again_millis"] for page in mine]
        print(f"pages  {unit:22} first {min(first):6.0f}–{max(first):.0f} ms   again "
              f"{statistics.median(later):5.0f} ms, at most {max(later):.0f} ms")
    print(f"dashboard in the end {told['dashboard']['VmRSS']:.0f} MB, at most {told['dashboard']['VmHWM']:.0f} MB")
    with tempfile.TemporaryDirectory() as folder:
        told["reports"] = reports(arguments, units[3:1:-1] + units[1::-1], shared, folder)
    if arguments.json:
        arguments.json.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
