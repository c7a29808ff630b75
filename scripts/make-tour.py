#!/usr/bin/env python3
"""Writes tests/data/replays/tour.ron: every hall, item, page, point, source card and narration of the sample, in both
languages, ending by idleness. Run it after the sample's texts have changed. Standard library only."""
import json
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parent.parent
PACK = ROOT / "exhibits/hoang-sa-truong-sa"
WORDS = {
    lang: dict(
        line.split(" = ", 1)
        for line in (ROOT / f"assets/language/{lang}.ftl").read_text("utf-8").splitlines()
        if " = " in line
    )
    for lang in ("vi", "en")
}
TEXT = r'"((?:[^"\\]|\\.)*)"'


def first_title(text):
    match = re.search(r"title:\s*\{\s*\"vi\":\s*" + TEXT + r",\s*\"en\":\s*" + TEXT, text)
    return {"vi": match[1], "en": match[2]}


def halls():
    text = (PACK / "exhibit.ron").read_text("utf-8")
    for block in text[text.index("halls:"):].split("            id: ")[1:]:
        items = re.search(r"items:\s*\[(.*?)\]", block, re.S)[1]
        yield first_title(block), re.findall(r'"([^"]+)"', items)


def step(name, *args):
    return f"{name}({', '.join(args)})"


def on(label):
    return f'TapOn("{label}")'


def narration_millis(item, lang):
    cues = re.findall(r"--> (\d+):(\d+):(\d+)\.(\d+)", (PACK / f"narration/{item}.{lang}.vtt").read_text("utf-8"))
    h, m, s, ms = map(int, cues[-1])
    return ((h * 60 + m) * 60 + s) * 1000 + ms


def visit_item(item, lang, shots):
    w = WORDS[lang]
    text = (PACK / f"items/{item}.ron").read_text("utf-8")
    steps = [on(first_title(text)[lang]), "WaitFor(Screen(\"item\"))", "WaitFor(Sharp)", "WaitFor(Settled)"]
    shot = lambda name: [f'Shot("{lang}-{item}{name}")'] if shots else []
    steps += shot("")
    source = [on(w["source-of-this"]), "WaitFor(Settled)", on(w["close"])]
    if "kind: Document" in text:
        pages = text.count("lines: [")
        steps += source
        for page in range(pages):
            if page:
                steps += [on(w["next-page"]), "WaitFor(Settled)"]
            steps += [on(w["read-page"]), on(w["line"].replace("{ $number }", "1")), "WaitFor(Settled)"]
            steps += shot(f"-page-{page + 1}") + source + [on(w["about"])]
    else:
        spots = len(re.findall(r"\n\s+at: ", text))
        steps += source
        for spot in range(spots):
            steps += [on(w["next-point"])]
            steps += ["WaitFor(Settled)", "WaitFor(Sharp)"] + (shot("-point") if spot == 0 else []) + source
        if re.search(r"views: \[", text) and text.count("nature:") > 1:
            steps += [on(w["view-number"].replace("{ $number }", "2")), "WaitFor(Sharp)"] + shot("-side-2")
        if "georeference:" in text:
            steps += [on(w["compare-today"]), "WaitFor(Sharp)", "WaitFor(Settled)"] + shot("-over-today")
            steps += [on(w["why-off"]), "WaitFor(Settled)", on(w["close"]), on(w["two-maps"]), "WaitFor(Sharp)", "WaitFor(Settled)"]
            steps += shot("-two-maps")
            if "printed_names:" in text:
                steps += [on(w["same-place"]), "WaitFor(Sharp)", "WaitFor(Settled)"] + shot("-same-place")
            steps += [on(w["back"]), "WaitFor(Sharp)", "WaitFor(Settled)"]
    steps += [on(w["listen"]), f"Wait({narration_millis(item, lang) + 1500})"] + shot("-heard")
    steps += [on(w["close-narration"]), on(w["back"]), 'WaitFor(Screen("hall"))', "WaitFor(Settled)"]
    return steps


def page_of(index, count):
    return index // 8 if count > 8 else 0


def main():
    lines = ["// Made by scripts/make-tour.py: every hall, item, source card and narration of the sample, in both languages."]
    steps = ["Patience(3600)", "WaitFor(Settled)", 'Shot("attract")', on(WORDS["vi"]["begin"]), 'WaitFor(Screen("home"))', "WaitFor(Settled)"]
    for lang in ("vi", "en"):
        w = WORDS[lang]
        if lang == "en":
            steps += [on("English"), "WaitFor(Settled)"]
        steps += [f'Shot("{lang}-home")', on(w["about-exhibit"]), "WaitFor(Settled)", f'Shot("{lang}-note")', on(w["close"])]
        for title, items in halls():
            for index, item in enumerate(items):
                if index == 0:
                    steps += [on(title[lang]), 'WaitFor(Screen("hall"))', "WaitFor(Settled)", f'Shot("{lang}-hall-{items[0]}")']
                # A small screen shows six cards a page; the kiosk goes back to the first.
                steps += [f"// {item}"] + (["More"] if index >= 6 else [])
                steps += visit_item(item, lang, shots=index < 2)
            steps += [on(w["home"]), 'WaitFor(Screen("home"))', "WaitFor(Settled)"]
    steps += ["Wait(62000)", 'Shot("still-there")', "Wait(20000)", 'WaitFor(Screen("attract"))', "Quit"]
    for s in steps:
        if s == "More":
            continue
        lines.append(f"    {s}" if s.startswith("//") else f"    {s},")
    body = "\n".join(lines[1:])
    (ROOT / "tests/data/replays/tour.ron").write_text(f"{lines[0]}\n[\n{body}\n]\n", "utf-8")


main()
