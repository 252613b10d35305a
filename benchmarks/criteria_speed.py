"""``python -m benchmarks.criteria_speed [--records FILE] [--fuzz N]``: how fast criteria are read; nothing may be slow.

Prints microseconds per criterion (one core, all patterns on) beside the published or measured figures of other systems,
the growth from 10 kB to 100 kB for lines made to be hard, and how long N mutated texts take.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator
from pathlib import Path

from trialfinder.reading import read_criteria
from trialfinder.study.read_study import read_study
from trialfinder.study.record_files import read_records

TARGET_MICROSECONDS = 250
SHARED = Path(__file__).resolve().parents[2] / "shared" / "records" / "studies.jsonl.gz"
OTHERS = (
    ("facebook Clinical-Trial-Parser (grammar, numbers only)", "40 µs per criterion"),
    ("medspaCy 1.3 (sentences, 57 terms, ConText)", "2,100 to 2,900 µs per criterion"),
    ("Valx (numbers only)", "1.5 to 3.7 s per 986 trials"),
)
HARD = {
    "one word": "a",
    "words": "pain ",
    "numbers": "12 ",
    "operators": ">= ",
    "open brackets": "(",
    "list of diseases": "heart, liver or kidney, ",
    "negations": "no not without ",
    "windows": "within 6 months ",
    "units": "10 mg/dl and ",
    "conditions": "any condition or disease ",
    "consent": "willing to sign and provide ",
    "stable": "stable dose of medication ",
    "failed": "failed to respond to ",
    "neuropathy": "peripheral diabetic sensory ",
    "spine": "lumbar spinal cervical disc ",
    "criteria": "according to the criteria ",
    "numbered": "1) a 2) b ",
    "escapes": "\\>\\[ ",
    "entities": "&gt;&#62; ",
    "exceptions": "except unless other than ",
    "heading": "Inclusion Criteria ",
    "dashes": "- ",
    "commas": ", and/or ",
    "right to left": "\u202eabc\u202c ",
}


def texts(path: Path) -> list[str]:
    """The criteria texts of a file of records."""
    return [t for record in read_records(path) if (t := read_study(record).eligibility_criteria)]


def per_criterion(found: list[str]) -> tuple[int, float]:
    """Number of criteria and microseconds per criterion; the first hundred texts warm up."""
    for text in found[:100]:
        read_criteria(text)
    began = time.process_time()
    count = sum(len(read_criteria(text)) for text in found)
    return count, (time.process_time() - began) / max(1, count) * 1e6


def seconds(text: str) -> float:
    """Processor seconds for one text."""
    began = time.process_time()
    read_criteria(text)
    return time.process_time() - began


def growth() -> Iterator[tuple[str, float, float]]:
    """Seconds for 10 kB and 100 kB of each hard line."""
    for name, piece in HARD.items():
        small, large = (piece * (size // len(piece)) for size in (10_000, 100_000))
        seconds(small)
        yield name, min(seconds(small), seconds(small)), seconds(large)


def mutated(found: list[str], count: int, seed: int = 7) -> Iterator[str]:
    """``count`` texts with letters changed, cut, doubled or put in from elsewhere."""
    rng = random.Random(seed)
    odd = "\x00\x1b\u202e\ud7ff\ufeff\u2265\\*()[]<>;:.,-0123456789\n\t é漢"
    for _ in range(count):
        text = list(rng.choice(found)[: rng.randrange(20, 1500)])
        for _ in range(rng.randrange(1, 30)):
            at = rng.randrange(len(text)) if text else 0
            text[at : at + rng.randrange(0, 4)] = rng.choices(odd, k=rng.randrange(0, 3))
        yield "".join(text)


def main() -> None:
    """Prints the figures; ends with status 1 when the target is missed or a line grows faster than it should."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--records", type=Path, default=SHARED)
    ask.add_argument("--fuzz", type=int, default=10_000)
    args = ask.parse_args()
    found = texts(args.records)
    count, micro = per_criterion(found)
    print(f"{'trialfinder, all patterns on':58s} {micro:.0f} µs per criterion ({count} criteria, {len(found)} studies)")
    for name, figure in OTHERS:
        print(f"{name:58s} {figure}")
    slow = []
    for name, small, large in growth():
        ratio = large / max(small, 1e-4)
        print(f"  {name:20s} 10 kB {small * 1e3:8.1f} ms   100 kB {large * 1e3:8.1f} ms   x{ratio:.1f}")
        slow += [name] if ratio > 25 else []
    began = time.process_time()
    for text in mutated(found, args.fuzz):
        read_criteria(text)
    print(f"{args.fuzz} mutated texts read in {time.process_time() - began:.1f} s")
    if slow or micro > TARGET_MICROSECONDS:
        raise SystemExit(f"too slow: {', '.join(slow) or f'{micro:.0f} µs per criterion'}")


if __name__ == "__main__":
    main()
