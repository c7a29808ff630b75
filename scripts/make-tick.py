#!/usr/bin/env python3
"""Makes assets/sounds/tick.wav: the touch sound, a soft wooden tick (visual language, section 11).

30 ms, peak -24 dBFS, 44.1 kHz, mono, 16 bit. Standard library only; the same bytes every run.
A wood block is a few damped tones that are not multiples of one another, and a breath of noise
where the stick lands.
"""

import math
import pathlib
import struct
import wave

RATE, LENGTH, PEAK = 44_100, 0.030, 10 ** (-24 / 20)
TONES = [  # frequency Hz, strength, decay time s
    (890.0, 1.00, 0.0065),
    (1580.0, 0.55, 0.0042),
    (2710.0, 0.22, 0.0022),
]
OUT = pathlib.Path(__file__).resolve().parent.parent / "assets" / "sounds" / "tick.wav"


def noise(seed=20_241):
    """A small linear congruential generator, so that no library version changes the sound."""
    while True:
        seed = (seed * 1_103_515_245 + 12_345) & 0x7FFFFFFF
        yield seed / 0x3FFFFFFF - 1.0


def main():
    count, grain, soft = round(RATE * LENGTH), noise(), 0.0
    wave_form = []
    for n in range(count):
        t = n / RATE
        value = sum(a * math.sin(2 * math.pi * f * t) * math.exp(-t / d) for f, a, d in TONES)
        soft += 0.35 * (next(grain) - soft)  # noise without its hiss
        value += 0.5 * soft * math.exp(-t / 0.0012)
        value *= min(1.0, t / 0.0006)  # no click at the start
        value *= 0.5 + 0.5 * math.cos(math.pi * max(0.0, (t - 0.020) / 0.010))  # nor at the end
        wave_form.append(value)
    gain = PEAK * 32_767 / max(map(abs, wave_form))
    OUT.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(OUT), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(b"".join(struct.pack("<h", round(v * gain)) for v in wave_form))


if __name__ == "__main__":
    main()
