"""Thousands of gestures on one map, as a replay, and what they left behind. For bench.py."""

import random

from runs import Failed, spread, table

SEED = 1838
# After this part of the gestures nothing more should be needed.
WARM = 0.2
WINDOW = (1280, 800)
# The same place at rest, so that two marks can be compared.
REST = "LookAt(0.5, 0.5, 50), WaitFor(Sharp), WaitFor(Settled)"


def point(chance):
    return f"({chance.uniform(.05, .95):.3f}, {chance.uniform(.1, .8):.3f})"


def gesture(chance):
    """One of those that tests/kiosk/endurance.rs makes, too."""
    start, end, millis = point(chance), point(chance), chance.randrange(48, 144, 16)
    kind = chance.randrange(10)
    if kind < 3:
        return f"Drag(from: {start}, to: {end}, over_ms: {millis})"
    if kind == 3:
        return f"Flick(from: {start}, to: {end})"
    if kind < 6:
        fingers = [chance.uniform(.1, .2), chance.uniform(.22, .46)]
        chance.shuffle(fingers)
        return f"Pinch(centre: (0.5, 0.43), from: {fingers[0]:.3f}, to: {fingers[1]:.3f}, over_ms: {millis})"
    if kind == 6:
        return f"Tap{start}, Tap{start}"
    if kind == 7:
        return f"Tap{start}, Drag(from: {start}, to: {end}, over_ms: {millis})"
    return f'Key("{chance.choice(["Plus", "Minus", "W", "A", "S", "D"])}")'


def script(gestures):
    """A mark after the warm-up and one at the end."""
    chance = random.Random(SEED)
    steps = ["Patience(600)", 'WaitFor(Screen("item"))', "WaitFor(Sharp)", 'TapOn("Đóng")', "WaitFor(Settled)"]
    for number in range(gestures):
        if number == int(gestures * WARM):
            steps += [REST, 'Mark("warm")']
        if number % 10 == 0:
            place = f"{chance.uniform(.1, .9):.3f}, {chance.uniform(.1, .9):.3f}"
            steps.append(f"LookAt({place}, {chance.choice([5, 15, 40, 100, 250])})")
        steps.append(gesture(chance))
    return "[\n    " + ",\n    ".join([*steps, REST, 'Mark("end")', "Quit"]) + ",\n]\n"


def figures(metrics):
    """Memory at both marks, and what is on the GPU for tiles, where the kiosk tells it."""
    marks = {mark["name"]: mark for mark in metrics["marks"]}
    warm, end = marks["warm"]["pss_mb"], marks["end"]["pss_mb"]
    textures = metrics.get("gpu_tile_textures")
    if textures not in (None, 1):
        raise Failed(f"{textures} texture arrays were made for tiles instead of one")
    return {
        "pss_mb_warm": warm, "pss_mb_end": end, "pss_end_by_warm": round(end / warm, 4) if warm else None,
        "pss_mb_peak": metrics["pss_mb_peak"], "frames": metrics["frames"],
        "frame_ms_p50": metrics["frame_ms"]["p50"], "frame_ms_p99": metrics["frame_ms"]["p99"],
        "gpu_tile_textures": textures, "gpu_tile_layers": metrics.get("gpu_tile_layers"),
        "wall_s": round(metrics["wall_s"], 1),
    }


NAMES = {
    "pss_mb_warm": ("memory (PSS) after the first fifth", " MB"),
    "pss_mb_end": ("memory (PSS) after all", " MB"),
    "pss_end_by_warm": ("the end by the warm-up", ""),
    "pss_mb_peak": ("most memory (PSS) ever seen", " MB"),
    "gpu_tile_textures": ("texture arrays made for tiles", ""),
    "gpu_tile_layers": ("layers in it", ""),
    "frames": ("frames", ""),
    "frame_ms_p50": ("frame, median", " ms"),
    "frame_ms_p99": ("frame, 99 %", " ms"),
    "wall_s": ("time in all", " s"),
}


def show(told):
    if "failed" in (way := told["ways"]["Hải Đăng"]):
        return f"Endurance: failed, {way['failed']}"
    rounds = way["rounds"]
    rows = [[name, spread([each[key] for each in rounds], unit)] for key, (name, unit) in NAMES.items()
            if any(each[key] is not None for each in rounds)]
    width, height = told["chart"]
    return table([f"{told['gestures']:,} gestures on {width}×{height} at {WINDOW[0]}×{WINDOW[1]}", "Hải Đăng"], rows)
