"""The work that medspaCy does on the same criteria; run by ``criteria_speed`` with the Python that has it.

medspaCy asks for numpy 1 and pandas for numpy 2, so that the two cannot share an environment. Reads
``{"terms": […], "criteria": […]}`` from standard input and prints ``{"name", "seconds", "found"}``: sentences, the
terms as targets, ConText; processor seconds without start-up, after a warm-up on the first hundred criteria. No model
is loaded.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from importlib.metadata import version
from typing import Any


def pipeline(terms: list[str]) -> Any:
    """A blank English pipeline with medspaCy's sentence splitter, the terms as targets, and ConText."""
    importlib.import_module("medspacy.context")  # registers its part
    importlib.import_module("loguru").logger.remove()
    rule = importlib.import_module("medspacy.ner").TargetRule
    made = importlib.import_module("spacy").blank("en")
    made.add_pipe("medspacy_pyrush")
    targets = made.add_pipe("medspacy_target_matcher")
    made.add_pipe("medspacy_context")
    targets.add([rule(term, "CONCEPT") for term in terms])
    return made


def main() -> None:
    """Reads the criteria, prints what they took."""
    asked = json.load(sys.stdin)
    read = pipeline(asked["terms"])
    for words in asked["criteria"][:100]:
        read(words)
    began = time.process_time()
    found = sum(len(read(words).ents) for words in asked["criteria"])
    seconds = time.process_time() - began
    print(json.dumps({"name": f"medspaCy {version('medspacy')}", "seconds": seconds, "found": found}))


if __name__ == "__main__":
    main()
