"""Words that were not understood but say at once of which sex they are: "Men who plan to …"."""

from __future__ import annotations

from trialfinder.base import lazy_re as re
from trialfinder.reading.nodes.tree import Node, Unread, When, plain_leaf

_WHO = r"(?:study |trial |adult |all )*(?:participants?|patients?|subjects?|volunteers?|individuals?)?"
_BEGINS = re.compile(
    rf"\W*(?:if |for |in |all |adult )*(?:(?P<male>males?|men)|(?P<female>females?|women))\s+{_WHO}\s*"
    r"(?:who|with|must|should|shall|aged|planning|whose|in whom|taking|using)\b",
    re.IGNORECASE,
)


def of_one_sex(unread: Unread, text: str, *, bars: bool) -> Node:
    """The unread words under the condition of the sex that they begin with; as they are where they name none or both.

    A criterion for women lets men in, whatever it says.
    """
    found = _BEGINS.match(text, unread.start, unread.end)
    if found is None:
        return unread
    sex = "male" if found["male"] else "female"
    start, end = found.span(sex)
    of_whom = plain_leaf("sex", sex, start, end, value=sex)
    return When(of_whom, unread, bars=bars)
