"""Measures Hải Đăng, beside vips and beside OpenSeadragon in Chromium. What and how: docs/benches.md.

usage: bench.py [cut] [viewer] [growth] [frames] [endurance] [--rounds N] [--json FILE] [--small]
                [--drawer canvas|webgl] [--here]
       bench.py clean

Run it through scripts/bench, which installs and builds what is missing. Nothing runs beside anything else.
"""

import argparse
import json
import shutil
import sys

import endurance as long_use
from runs import (BENCHES, KIOSK, PACK_TOOL, SCRATCH, Failed, Screens, have, kiosk, machine, need_room, ratio, remove,
                  run, say, shown, size_mb, spread, table)

# Those of viewer-peer/bench.mjs: in widths of the picture, across and down.
PLACES = [(.2, .2), (.8, .6), (.5, .1), (.33, .66), (.7, .3), (.1, .5), (.9, .1), (.62, .4)]
ITEM = "map-001"
WARM = "[ Patience(7200), WaitFor(Prepared), WaitFor(Sharp), Quit ]"
HOME = """[ Patience(120), WaitFor(Sharp), TapOn("Chạm để khám phá"), WaitFor(Screen("home")), Mark("seen"),
    WaitFor(Settled), Mark("home"), Quit ]"""


class Plan:
    """How much is measured."""

    def __init__(self, given):
        self.rounds = given.rounds
        self.drawer = given.drawer
        self.screens = Screens(given.here)
        self.small = given.small
        self.chart = (4096, 3072) if given.small else (16384, 12288)
        self.maps = (1, 10) if given.small else (1, 10, 100, 260)
        self.huge = (8192, 6144) if given.small else (64000, 62464)
        sizes = {"0.05": (8192, 6144), "0.2": (16384, 12288), "1": (36864, 27136), "4": (64000, 62464)}
        self.gigapixels = {"0.05": sizes["0.05"]} if given.small else sizes
        self.gestures = 300 if given.small else 10_000


# What is made once and kept

def made(path, command, gigabytes=0.5):
    """The file, made by this command when it is not there."""
    if not path.exists():
        need_room(gigabytes)
        say(f"   making {path.name}")
        half = path.with_name("half-" + path.name)
        run([*command, half], timeout=1800)
        half.rename(path)
    return path


def chart_of(plan):
    width, height = plan.chart
    return made(SCRATCH / f"chart-{width}x{height}.jpg", [sys.executable, BENCHES / "make_chart.py", width, height])


def tiff_of(size):
    width, height = size
    gigabytes = width * height / 4e9
    return made(SCRATCH / f"map-{width}x{height}.tif", [sys.executable, BENCHES / "make_tiff.py", width, height],
                gigabytes)


def pack_of(name, *arguments):
    folder = SCRATCH / "packs" / name
    if not (folder / "sources.ron").exists():
        say(f"   making the pack {name}")
        folder.mkdir(parents=True, exist_ok=True)
        run([sys.executable, BENCHES / "make_pack.py", folder, *arguments])
    run([PACK_TOOL, "check", folder])
    return folder


def pyramid_of(chart):
    target = SCRATCH / f"{chart.stem}.dzi"
    if not target.exists():
        say("   cutting the peer's pyramid")
        dzsave(chart, SCRATCH / chart.stem)
    return target


def dzsave(picture, target):
    return run(["vips", "dzsave", picture, target, "--suffix", ".jpg[Q=85]", "--tile-size", "512", "--overlap", "0"])


# cut

def cost(run_once, *outputs):
    """One run, what it wrote, and nothing of it left."""
    remove(*outputs)
    try:
        told = run_once()
        told["written_mb"] = round(sum(size_mb(path) for path in outputs if path.exists()), 1) if outputs else None
        del told["out"]
        return told
    finally:
        remove(*outputs)


def cut(plan):
    chart = chart_of(plan)
    tiles, dzi, peer = (SCRATCH / name for name in ("cut.tiles", "cut-ours", "cut-peer"))
    dzi_outputs = [dzi, dzi.with_suffix(".dzi"), dzi.with_name("cut-ours_files")]
    peer_outputs = [peer.with_suffix(".dzi"), peer.with_name("cut-peer_files"), peer.with_name("cut-peer_dzi.xml")]
    ways = {
        "vips dzsave": lambda: cost(lambda: dzsave(chart, peer), *peer_outputs),
        "haidang-pack tiles": lambda: cost(lambda: run([PACK_TOOL, "tiles", chart, tiles]), tiles),
        "haidang-pack tiles --layout dzi":
            lambda: cost(lambda: run([PACK_TOOL, "tiles", "--layout", "dzi", chart, dzi]), *dzi_outputs),
        "decoding alone (djpeg)": lambda: cost(lambda: run(["djpeg", "-outfile", "/dev/null", chart])),
    }
    if not have("djpeg"):
        del ways["decoding alone (djpeg)"]
    results = rounds_of(plan.rounds, ways)
    huge = f"haidang-pack tiles, {plan.huge[0] * plan.huge[1] / 1e9:.2g} gigapixels (BigTIFF)"
    results[huge] = rounds_of(1, {huge: lambda: cut_huge(plan, tiles)})[huge]
    return {"chart": list(plan.chart), "ways": results}


def cut_huge(plan, tiles):
    picture = tiff_of(plan.huge)
    need_room(3 if not plan.small else 0.2)
    return cost(lambda: run([PACK_TOOL, "tiles", picture, tiles]), tiles)


def rounds_of(count, ways):
    """All ways once, then all again: whatever else the machine does meets them alike. A way that fails is told once."""
    results = {way: {"rounds": []} for way in ways}
    for number in range(count):
        for way, measure in ways.items():
            if "failed" in results[way]:
                continue
            try:
                told = measure()
                results[way]["rounds"].append(told)
                brief = {key: value for key, value in told.items() if not isinstance(value, (dict, list))}
                say(f"   {number + 1}/{count} {way}: {json.dumps(brief, ensure_ascii=False)}")
            except Failed as failure:
                results[way]["failed"] = str(failure)
                say(f"   {way}: {failure}")
    return results


def column(results, way, key):
    return [told.get(key) for told in results[way]["rounds"]]


def show_cut(told):
    ways, peer = told["ways"], "vips dzsave"
    rows = []
    for way in ways:
        if "failed" in ways[way]:
            rows.append([way, "failed", "–", "–", "–", "–"])
            continue
        seconds, memory = column(ways, way, "wall_s"), column(ways, way, "rss_mb")
        compared = way.startswith("haidang-pack tiles") and "gigapixels" not in way
        rows.append([
            way, spread(seconds, " s"), ratio(seconds, column(ways, peer, "wall_s")) if compared else "–",
            spread(memory, " MB"), ratio(memory, column(ways, peer, "rss_mb")) if compared else "–",
            spread(column(ways, way, "written_mb"), " MB"),
        ])
    width, height = told["chart"]
    heads = [f"cutting {width}×{height}", "time", "ours/peer", "peak memory (RSS)", "ours/peer", "written"]
    return table(heads, rows)


# viewer

def walk(size, jumps=True, sway=10, idle=10):
    """The script that does what the peer's page does. The card is closed: the picture has the window to itself."""
    width, height = size
    steps = ["Patience(120)", 'WaitFor(Screen("item"))', "WaitFor(Sharp)", 'TapOn("Đóng")', "WaitFor(Settled)",
             "WaitFor(Sharp)"]
    for x, y in PLACES if jumps else []:
        steps += [f"LookAt({x}, {min(1.0, y * width / height):.6f}, 100)", "WaitFor(Sharp)"]
    if sway:
        steps += [f"Sway({sway})", "WaitFor(Sharp)", "WaitFor(Settled)"]
    if idle:
        steps += [f"Idle({idle})"]
    return "[\n    " + ",\n    ".join([*steps, "Quit"]) + ",\n]\n"


def figures(metrics):
    """The kiosk's measurements under the names that the peer uses."""
    jumps = sorted(metrics["look_to_sharp_ms"]["each"])
    told = {
        "launch_to_sharp_ms": metrics["launch_to_sharp_ms"],
        "jump_to_sharp_ms": metrics["look_to_sharp_ms"]["each"],
        "jump_to_sharp_ms_p50": jumps[len(jumps) // 2] if jumps else None,
        "jump_to_sharp_ms_max": jumps[-1] if jumps else None,
        "pss_mb": metrics["pss_mb_end"],
        "renderer": metrics["renderer"],
    }
    for sway in metrics["sways"]:
        told |= {f"frame_ms_{key}": sway["frame_ms"][key] for key in ("p50", "p95", "p99", "max")}
        told |= {"frames_in_10s": sway["frames"], "cpu_s_in_10s": sway["cpu_s"], "pss_mb": sway["pss_mb"]}
    for idle in metrics["idles"]:
        told["idle_cpu_s_in_10s"] = round(idle["cpu_s"] * 10 / idle["wall_s"], 3)
    return told


def warm(plan, pack):
    """Cuts what is not cut yet, as a kiosk does before its opening day."""
    kiosk(plan.screens, pack, WARM, item=ITEM, timeout=7200)


def viewer(plan):
    chart = chart_of(plan)
    pack = pack_of(f"chart-{plan.chart[0]}", "--maps", "1", "--picture", chart, "--spots", "0")
    pyramid = pyramid_of(chart)
    say("   warming up")
    warm(plan, pack)
    ways = {
        "Hải Đăng": lambda: figures(kiosk(plan.screens, pack, walk(plan.chart), item=ITEM)),
        "OpenSeadragon": lambda: json.loads(
            run(["node", "bench.mjs", pyramid, "1920", "1080", plan.drawer], cwd=SCRATCH / "viewer-peer",
                timeout=600)["out"].strip().splitlines()[-1]),
    }
    return {"chart": list(plan.chart), "window": [1920, 1080], "ways": rounds_of(plan.rounds, ways)}


def show_viewer(told):
    ours, theirs = ("Hải Đăng", "OpenSeadragon")
    names = {
        "launch_to_sharp_ms": ("launch → chart sharp", " ms"),
        "jump_to_sharp_ms_p50": ("jump to 1:1 → sharp, median of 8", " ms"),
        "jump_to_sharp_ms_max": ("jump to 1:1 → sharp, slowest of 8", " ms"),
        "frame_ms_p50": ("frame while moving, median", " ms"),
        "frame_ms_p95": ("frame while moving, 95 %", " ms"),
        "frame_ms_p99": ("frame while moving, 99 %", " ms"),
        "frames_in_10s": ("frames in 10 s (more is better)", ""),
        "cpu_s_in_10s": ("processor in these 10 s", " s"),
        "pss_mb": ("memory (PSS) after them", " MB"),
        "idle_cpu_s_in_10s": ("processor in 10 s at rest", " s"),
    }
    rows = []
    for key, (name, unit) in names.items():
        a, b = column(told["ways"], ours, key), column(told["ways"], theirs, key)
        rows.append([name, spread(a, unit), spread(b, unit), ratio(a, b)])
    width, height = told["chart"]
    return table([f"walking about in {width}×{height} at 1920×1080", ours, theirs, "ours/peer"], rows)


# growth

def growth(plan):
    return {"maps": {str(count): grow_maps(plan, count) for count in plan.maps},
            "gigapixels": {name: grow_picture(plan, size) for name, size in plan.gigapixels.items()}}


def home_and_item(plan, pack, size):
    """The pack from launch to home, and from launch to its first map and about in it."""
    ways = {
        "home": lambda: home_figures(kiosk(plan.screens, pack, HOME)),
        "map": lambda: figures(kiosk(plan.screens, pack, walk(size, sway=0, idle=0), item=ITEM)),
    }
    return rounds_of(plan.rounds, ways)


def home_figures(metrics):
    seen, home = (next(mark for mark in metrics["marks"] if mark["name"] == name) for name in ("seen", "home"))
    return {"launch_to_seen_ms": seen["at_ms"], "launch_to_home_ms": home["at_ms"], "pss_mb": home["pss_mb"],
            "interactive_ms": metrics["interactive_ms"]}


def grow_maps(plan, count):
    say(f"   {count} maps")
    try:
        need_room(count / 200)
        pack = pack_of(f"maps-{count}", "--maps", count)
        warm(plan, pack)
        return home_and_item(plan, pack, (1600, 1200))
    except Failed as failure:
        return failed(failure)


def grow_picture(plan, size):
    say(f"   one map of {size[0]}×{size[1]}")
    try:
        need_room(size[0] * size[1] / 1e9)
        pack = pack_of(f"one-{size[0]}x{size[1]}", "--maps", "1", "--picture", tiff_of(size))
        warm(plan, pack)
        return home_and_item(plan, pack, size)
    except Failed as failure:
        return failed(failure)


def failed(failure):
    say(f"   {failure}")
    return {way: {"rounds": [], "failed": str(failure)} for way in ("home", "map")}


def show_growth(told):
    def rows(part):
        for name, ways in told[part].items():
            if any("failed" in way for way in ways.values()):
                yield [name, "failed", "–", "–", "–", "–", "–", "–"]
                continue
            yield [
                name, spread(column(ways, "home", "launch_to_seen_ms"), " ms"),
                spread(column(ways, "home", "launch_to_home_ms"), " ms"),
                spread(column(ways, "home", "pss_mb"), " MB"),
                spread(column(ways, "map", "launch_to_sharp_ms"), " ms"),
                spread(column(ways, "map", "jump_to_sharp_ms_p50"), " ms"),
                spread(column(ways, "map", "jump_to_sharp_ms_max"), " ms"),
                spread(column(ways, "map", "pss_mb"), " MB"),
            ]

    heads = ["launch → home", "→ drawn whole", "memory at home (PSS)", "launch → map sharp", "jump → sharp, median",
             "slowest", "memory at the map (PSS)"]
    return "\n\n".join([table(["maps in the pack", *heads], rows("maps")),
                        table(["gigapixels of the one map", *heads], rows("gigapixels"))])


# frames

def frames(plan):
    chart, size = chart_of(plan), (3840, 2160)
    pack = pack_of(f"chart-{plan.chart[0]}", "--maps", "1", "--picture", chart, "--spots", "0")
    say("   warming up")
    metrics = kiosk(plan.screens, pack, WARM, size=(640, 480), item=ITEM, timeout=7200)
    if metrics["renderer_is_processor"] is not False:
        reason = f"no graphics card draws here, but {metrics['renderer']}: its frame times say nothing of a kiosk"
        say(f"   skipped: {reason}")
        return {"skipped": reason}
    ways = {"Hải Đăng": lambda: figures(kiosk(plan.screens, pack, walk(plan.chart), size=size, item=ITEM))}
    return {"chart": list(plan.chart), "window": list(size), "ways": rounds_of(plan.rounds, ways)}


def show_frames(told):
    if "skipped" in told:
        return f"Frames at 3840×2160: skipped, {told['skipped']}."
    ways, ours = told["ways"], "Hải Đăng"
    if "failed" in ways[ours]:
        return f"Frames at 3840×2160: failed, {ways[ours]['failed']}"
    keys = ["frame_ms_p50", "frame_ms_p95", "frame_ms_p99", "frame_ms_max", "jump_to_sharp_ms_p50",
            "jump_to_sharp_ms_max"]
    heads = ["moving at 3840×2160, drawn by", "frame, median", "95 %", "99 %", "longest", "jump → sharp, median",
             "slowest"]
    renderer = ways[ours]["rounds"][0]["renderer"]
    return table(heads, [[renderer, *(spread(column(ways, ours, key), " ms") for key in keys)]])


# endurance

def endurance(plan):
    """Once, whatever the rounds: it is long, and what grows shows in one."""
    chart = chart_of(plan)
    pack = pack_of(f"chart-{plan.chart[0]}", "--maps", "1", "--picture", chart, "--spots", "0")
    say("   warming up")
    warm(plan, pack)
    replay = long_use.script(plan.gestures)
    ways = {"Hải Đăng": lambda: long_use.figures(
        kiosk(plan.screens, pack, replay, size=long_use.WINDOW, item=ITEM, timeout=4 * 3600, stepped=True))}
    return {"chart": list(plan.chart), "gestures": plan.gestures, "ways": rounds_of(1, ways)}


PARTS = {"cut": (cut, show_cut), "viewer": (viewer, show_viewer), "growth": (growth, show_growth),
         "frames": (frames, show_frames), "endurance": (endurance, long_use.show)}


def has_failed(told):
    if isinstance(told, dict):
        return "failed" in told or any(has_failed(part) for part in told.values())
    return False


def main():
    told = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    told.add_argument("parts", nargs="*", metavar="PART",
                      help="cut, viewer, growth, frames, endurance (all of them), or clean")
    told.add_argument("--rounds", type=int, default=3)
    told.add_argument("--json", metavar="FILE", help="write every figure of every round")
    told.add_argument("--small", action="store_true", help="small pictures: tries the benches, measures nothing")
    told.add_argument("--drawer", choices=["canvas", "webgl"], default="canvas", help="OpenSeadragon's")
    told.add_argument("--here", action="store_true", help="show the kiosk on this screen instead of in Xvfb")
    given = told.parse_args()
    if unknown := [part for part in given.parts if part not in (*PARTS, "clean")]:
        told.error(f"no such part: {', '.join(unknown)}")
    if given.rounds < 1:
        told.error("--rounds: 1 or more")
    if "clean" in given.parts:
        shutil.rmtree(SCRATCH, ignore_errors=True)
        return 0
    if missing := [str(tool) for tool in (PACK_TOOL, KIOSK) if not tool.exists()]:
        told.error(f"not built: {', '.join(missing)}; scripts/bench builds them")
    plan, results = Plan(given), {"machine": machine(), "rounds": given.rounds, "small": given.small}
    for part in given.parts or PARTS:
        say(f"== {part}")
        try:
            results[part] = PARTS[part][0](plan)
        except Failed as failure:
            results[part] = {"failed": str(failure)}
            say(f"   {failure}")
        if given.json:
            with open(given.json, "w", encoding="utf-8") as out:
                json.dump(results, out, ensure_ascii=False, indent=1)
    show(results)
    return 1 if has_failed(results) else 0


def show(results):
    on = results["machine"]
    say(f"\n{on['date']}, {on['commit']}, {on['processor']}, {on['cores']} cores, {shown(on['memory_gb'])} GB, "
        f"{on['system']}. Medians of {results['rounds']} rounds (least–most).")
    for part, (_, show_part) in PARTS.items():
        if part in results:
            told = results[part]
            say("\n" + (f"{part}: failed, {told['failed']}" if "failed" in told else show_part(told)))


if __name__ == "__main__":
    sys.exit(main())
