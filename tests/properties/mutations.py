"""Spoiled files and words: a good one with a few bytes turned, taken away, doubled, or exchanged for awkward ones."""

from __future__ import annotations

from hypothesis import strategies as st

_AWKWARD = (
    b"\0", b"\xff", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\\ud800", b"\\u0000", b"9" * 5000, b"-1", b"nan", b"1e999",
    b"[" * 3000, b"{" * 3000, b"]", b"}", b'"', b"'", b'"""', b"\n", b"\r", b"=", b";", b",", b"#", b"true", b"[]",
    b"{}", b"null", b"9999-99-99", b"0000-00-00", "\u202e\u2066ß＝٣".encode(), b"\x1b[31m", b"../../etc/passwd",
    b"%s%n", b"${HOME}", b"a" * 20_000, b"[[x]]", b"x.y.z = 1", b"NCT00000000", b"\t", b"0x1F", b"1_000",
    b"2026-02-30T99:99:99Z",
)  # fmt: skip


@st.composite
def spoiled(draw: st.DrawFn, good: bytes, most: int = 4) -> bytes:
    """The bytes with one to ``most`` faults in them."""
    found = bytearray(good)
    for _ in range(draw(st.integers(1, most))):
        at = draw(st.integers(0, len(found)))
        end = min(len(found), at + draw(st.integers(0, 40)))
        match draw(st.sampled_from(("turn", "drop", "double", "awkward", "random", "cut"))):
            case "turn" if at < len(found):
                found[at] ^= 1 << draw(st.integers(0, 7))
            case "drop":
                del found[at:end]
            case "double":
                found[at:at] = found[at:end]
            case "awkward":
                found[at:end] = draw(st.sampled_from(_AWKWARD))
            case "random":
                found[at:end] = draw(st.binary(max_size=12))
            case "cut":
                del found[at:]
    return bytes(found)


def odd_words() -> st.SearchStrategy[str]:
    """Values for an option: what people type, awkward pieces and random text; none that a shell cannot pass on."""
    awkward = st.sampled_from([piece.decode("utf-8", "replace") for piece in _AWKWARD if len(piece) < 6000])
    usual = ("", " ", "-", "--", "0", "1", "58", "-5", "diabetic", "7d", "last", "NCT05507697", "csv", "2026-11-20")
    plain = st.sampled_from(usual)
    text = st.text(st.characters(codec="utf-8"), max_size=20)
    return st.one_of(awkward, plain, text).map(lambda word: word.replace("\0", ""))
