"""Whether words stand in a notice as a statement, or only where they are asked for or missing."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate, islice, pairwise

from scanner.patterns import regex

MAX_PLACES = 200
"""Places of the words in one file that are looked at."""
MAX_NEAR = 2_000
"""Characters of a sentence, or of what leads to it, that are looked at on either side."""
MAX_HEADING_WORDS = 6
"""Words of a line that stands alone and may be a heading without being marked as one."""

_MARKS = str.maketrans("“”„’‘", '"""\'\'')
_CUE = regex(
    # Negations and what is not there.
    r"(?<![\w\-/.@])(?:not|never|no|nor|neither|none|nothing|nowhere|without|cannot|yet|pending|unmet|undone|"
    r"outstanding|missing|lack(?:s|ing)?|absent|absence|omit(?:s|ted)?|forg[oe]t(?:ten)?|fail(?:s|ed)?|"
    r"remove[ds]?|instead|rather|except|formerly|previously|until|unless|if|whether|"
    # What is wanted of somebody, or comes later.
    r"must|should|shall|ought|need(?:s|ed)?|will|would|could|may|might|to\s+be|ha(?:s|ve)\s+to|remains?|"
    r"(?:is|are|be|being|was)\s+(?:required|obliged|supposed|meant|asked|expected|owed|due)|requires?|asks?|"
    r"demands?|obliges?|wants?|wanted|plan(?:s|ned|ning)?|intend(?:s|ed)?|propose[ds]?|later|soon|eventually|"
    r"once|next\s+(?:release|version|step)s?|aims?|hopes?|remember|reminders?|backlog|roadmap|"
    r"requirements?|obligations?|duty|duties|required(?=\s*[:)])|"
    r"add|to[- ]?dos?|fixme|tbd|wip|(?:is|are|still)\s+open|open(?:\s+\w+)?(?=\s*:)|"
    r"open\s+(?:points?|items?|issues?|tasks?|questions?)|"
    r"nicht|kein\w*|noch|fehl(?:t|en|end\w*)|muss|müssen|soll\w*|"
    r"ne|pas|manque\w*|doi(?:t|vent)|falta\w*|debe\w*|pendiente\w*|non)(?![\w\-/]|\.\w)"
    r"|n['’]t\b|未|没有|尚|不|需|必须|应|缺|ません|ない|必要|べき",
    re.IGNORECASE,
)
"""Words of a sentence that make it no statement that something is done."""
_ORDER = regex(
    r"(?:^|[:;,()\-–—\"*+•>\]]|\d\.)\s*(?:(?:please|prominently|clearly|also|then)\s+)*"
    r"(?:show|display|include|insert|put|write|place|print|mention|state|give|provide|attach|append|ensure|make)"
    r"(?=\s)",
    re.IGNORECASE,
)
"""An order to do it; it stands at the beginning of a sentence or part of one."""
_TO_DO = regex(r"(?<![\w\-/])(?:TODO|TO-DO|FIXME|TBD|XXX)(?![\w\-/])|(?<!\w)(?i:to[- ]?dos?)\s*:|\[ \]")
"""Marks of what is still to do, and the empty box of a list."""
_END = regex(r"(?<!e\.g)(?<!i\.e)(?<!\bcf)(?<!\bvs)[.!]+[\"')\]*_]*(?:\s+(?![a-z\s])|\Z)|[。！]")
_ASKED = regex(r"[^.!]*[?？]")
_BULLET = regex(r"\s*(?:[-*+•>]|\d{1,3}[.)]|\[[ xX]\])\s+")
_UNDERLINE = regex(r"\s*(=|-|~|\^)\1{2,}\s*")
_MARKED_HEADING = regex(r"\s{0,3}(#{1,6})\s+\S")
_BOLD_HEADING = regex(r"\s*(?:\*\*|__)[^*_]{1,200}(?:\*\*|__)\s*:?\s*")
_COLONS = (":", "：")
_COMMENT = regex(r"<!--.*?(?:-->|\Z)", re.DOTALL)


@lru_cache(maxsize=4096)
def stands_in(words: str, text: str) -> bool:
    """Whether the words stand in a text at all, however they are meant."""
    return _pattern(words).search(text.translate(_MARKS)) is not None


@lru_cache(maxsize=4096)
def stated_on(words: str, text: str) -> int:
    """The first line on which the words stand as a statement; 0 for none.

    White space and kinds of quotation mark are put aside. A sentence that negates, asks for or announces
    the words, or a heading or lead-in of that kind above them, makes no statement of them; nor does a
    comment, an empty box or a question.
    """
    page = _page(text)
    for found in islice(_pattern(words).finditer(page.text), MAX_PLACES):
        if page.is_statement(found.start(), found.end()):
            return page.text.count("\n", 0, found.start()) + 1
    return 0


def _pattern(words: str) -> re.Pattern[str]:
    plain = words.translate(_MARKS).split()
    inner = r"\s+".join(re.escape(word) for word in plain)
    # Of a longer word they are no part: `Built with Llamafile`.
    before = r"(?<![A-Za-z0-9_])" if re.match(r"[A-Za-z0-9_]", inner) else ""
    after = r"(?![A-Za-z0-9_])" if re.search(r"[A-Za-z0-9_]\Z", inner) else ""
    return re.compile(f"{before}{inner}{after}", re.IGNORECASE)


def _denies(text: str) -> bool:
    """Whether a text speaks of what is missing, wanted or to come."""
    return any(each.search(text) is not None for each in (_CUE, _TO_DO, _ORDER))


@lru_cache(maxsize=8)
def _page(text: str) -> _Page:
    plain = text.translate(_MARKS)
    return _Page(_COMMENT.sub(lambda found: "\n" * found[0].count("\n"), plain))


class _Page:
    """A notice by its lines, and what the headings and lead-ins above each of them say."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._lines = text.split("\n")
        self._starts = [0, *accumulate(len(line) + 1 for line in self._lines)]
        under_headings = _denied_by_headings(self._lines)
        under_lead_ins = _denied_by_lead_ins(self._lines)
        self._denied = [any(both) for both in zip(under_headings, under_lead_ins, strict=True)]

    def is_statement(self, start: int, end: int) -> bool:
        """Whether what stands between two places is said, and neither asked for nor missing."""
        first, last = (bisect_right(self._starts, at) - 1 for at in (start, end - 1))
        if self._denied[first]:
            return False
        above = self._above(first, start)
        ends = list(_END.finditer(above))
        before = above[ends[-1].end() :] if ends else above
        after = self._after(last, end)
        if _TO_DO.search(above) or before.endswith("~~") or _ASKED.match(after):
            return False
        return not _denies(before) and not _CUE.search(after) and not _TO_DO.search(after)

    def _above(self, line: int, start: int) -> str:
        """What the words go on from: their line, and those above it that are wrapped."""
        top = line
        while top > 0 and start - self._starts[top] < MAX_NEAR and _goes_on(self._lines, top):
            top -= 1
        return self.text[max(self._starts[top], start - MAX_NEAR) : start]

    def _after(self, line: int, end: int) -> str:
        """The rest of the sentence; a line that begins small goes on with the one above."""
        stop = line
        while (
            self._starts[stop + 1] - end < MAX_NEAR
            and stop + 1 < len(self._lines)
            and self._lines[stop + 1].lstrip(" \t\"'(")[:1].islower()
        ):
            stop += 1
        # The words may end a sentence themselves, so their last character is looked at too.
        rest = self.text[end - 1 : min(self._starts[stop + 1] - 1, end + MAX_NEAR)]
        found = _END.search(rest)
        return rest[1 : found.start() + 1] if found else rest[1:]


def _goes_on(lines: list[str], at: int) -> bool:
    """Whether a line may go on with the sentence of the one above it."""
    above = lines[at - 1]
    is_text = above.strip() and not _UNDERLINE.fullmatch(above) and not _MARKED_HEADING.match(above)
    return bool(is_text) and not _BULLET.match(lines[at])


def _denied_by_headings(lines: list[str]) -> Iterator[bool]:
    """For each line whether a heading above it says that what follows is missing or wanted."""
    above: list[tuple[int, bool]] = []
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        level = _level(line, below)
        if level:
            while above and above[-1][0] >= level:
                above.pop()
            above.append((level, _denies(line[:MAX_NEAR])))
        yield any(denies for _, denies in above)


def _level(line: str, below: str) -> int:
    """How deep a heading is; 0 for a line that is none."""
    if marked := _MARKED_HEADING.match(line):
        return len(marked[1])
    if not line.strip() or _UNDERLINE.fullmatch(line):
        return 0
    if under := _UNDERLINE.fullmatch(below):
        return 1 if under[1] == "=" else 2
    return 7 if _BOLD_HEADING.fullmatch(line) else 0


def _denied_by_lead_ins(lines: list[str]) -> Iterator[bool]:
    """For each line whether it stands in a list, or under a line, that tells what is missing or wanted."""
    is_led = False
    """Whether what leads to the next line denies it."""
    denies = False
    """Whether the sentence so far does."""
    above, paragraph = "", 0
    """The last line with text, and how many lines of its paragraph there were."""
    has_gap = True
    for at, line in enumerate(lines):
        if not line.strip():
            has_gap = True
            yield False
            continue
        if has_gap or not _goes_on(lines, at):
            if has_gap and not above.endswith(_COLONS):
                is_headed = paragraph == 1 and _may_head(above)
                is_led = denies if is_headed else is_led and _is_listed(line)
            elif not has_gap and not _BULLET.match(line):
                is_led = False
            denies = False
        yield is_led
        above, paragraph, has_gap = line.rstrip(), 1 if has_gap else paragraph + 1, False
        *ended, rest = _sentences(above[-MAX_NEAR:])
        denies = _denies(rest) or (denies and not ended)
        if above.endswith(_COLONS):
            is_led = denies or (is_led and _is_listed(line))


def _sentences(line: str) -> list[str]:
    """A line taken apart behind the ends of its sentences; the last part is what has no end yet."""
    ends = [0, *(found.end() for found in _END.finditer(line)), len(line)]
    return [line[first:last] for first, last in pairwise(ends)]


def _is_listed(line: str) -> bool:
    return _BULLET.match(line) is not None or line[:1] in (" ", "\t")


def _may_head(line: str) -> bool:
    """Whether a line that stands alone may be a heading that is not marked as one."""
    is_short = len(line.split()) <= MAX_HEADING_WORDS and not line.endswith((".", "!", ","))
    return is_short and not _BULLET.match(line) and ": " not in line
