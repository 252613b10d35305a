"""``python -m benchmarks.criteria_speed [--records FILE] [--fuzz N] [--peer PYTHON]``: how fast criteria are read.

Prints processor microseconds per criterion (one core, all patterns on) beside those of medspaCy on the same criteria in
the same run, the growth from 10 kB to 200 kB for lines made to be hard, and how long N mutated texts take. ``--peer``
is a Python that has medspaCy (``python -m venv peer && peer/bin/pip install medspacy``), when this one has not.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from trialfinder.reading import load_patterns
from trialfinder.reading.structure import read_text
from trialfinder.study.read_study import read_study
from trialfinder.study.record_files import read_records

TARGET_MICROSECONDS = 250
SHARED = Path(__file__).resolve().parents[2] / "shared" / "records" / "studies.jsonl.gz"
PEER = Path(__file__).with_name("peer_medspacy.py")
PEER_STUDIES = 120
"""Studies that the peer reads as well, evenly taken from the file."""
SIZES = (10_000, 200_000)
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


read = read_text.__wrapped__
"""Reads a text each time, although it was read before."""


def per_criterion(found: Iterable[str], warm_up: Iterable[str]) -> tuple[list[str], float]:
    """The criteria of some texts, and microseconds per criterion after others have been read."""
    for text in warm_up:
        read(text)
    began = time.process_time()
    criteria = [item.text for text in found for item in read(text).items]
    return criteria, (time.process_time() - began) / max(1, len(criteria)) * 1e6


def beside(python: str, found: Sequence[str]) -> str:
    """One line about medspaCy on some of the studies: its figures and the ratio, or that it is not there."""
    step = max(2, len(found) // PEER_STUDIES)
    criteria, own = per_criterion(found[::step], found[1::step])
    asked = {"terms": sorted({p.plain.lower() for p in load_patterns().values()}), "criteria": criteria}
    done = subprocess.run([python, str(PEER)], input=json.dumps(asked), capture_output=True, text=True, check=False)
    if done.returncode:
        why = done.stderr.strip().rpartition("\n")[2]
        return f"medspaCy did not run with {python} ({why}); give --peer a Python that has it"
    told = json.loads(done.stdout)
    peer = told["seconds"] / len(criteria) * 1e6
    name = f"{told['name']} ({len(asked['terms'])} terms, sentences, ConText)"
    return (
        f"{name:58s} {peer:.0f} µs per criterion; trialfinder on the same {len(criteria)}: {own:.0f} µs; "
        f"ratio {peer / own:.1f}"
    )


def seconds(text: str) -> float:
    """Processor seconds for one text."""
    began = time.process_time()
    read(text)
    return time.process_time() - began


def growth() -> Iterator[tuple[str, float, float]]:
    """Seconds for 10 kB and 200 kB of each hard line."""
    for name, piece in HARD.items():
        small, large = (piece * (size // len(piece)) for size in SIZES)
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
    ask.add_argument("--peer", default=sys.executable, metavar="PYTHON")
    args = ask.parse_args()
    found = texts(args.records)
    print(beside(args.peer, found))
    criteria, micro = per_criterion(found, found[:100])
    told = f"{micro:.0f} µs per criterion ({len(criteria)} criteria, {len(found)} studies)"
    print(f"{'trialfinder, all patterns on':58s} {told}")
    slow = []
    for name, small, large in growth():
        ratio = large / max(small, 1e-4)
        print(f"  {name:20s} 10 kB {small * 1e3:8.1f} ms   200 kB {large * 1e3:8.1f} ms   x{ratio:.1f}")
        slow += [name] if ratio > 2 * SIZES[1] / SIZES[0] else []
    began = time.process_time()
    for text in mutated(found, args.fuzz):
        read(text)
    print(f"{args.fuzz} mutated texts read in {time.process_time() - began:.1f} s")
    if slow or micro > TARGET_MICROSECONDS:
        raise SystemExit(f"too slow: {', '.join(slow) or f'{micro:.0f} µs per criterion'}")


if __name__ == "__main__":
    main()
