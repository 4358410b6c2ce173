"""Where a clause begins in a line: at its number, its bullet, its heading, or at the date of signing.

Every repetition has an upper bound, so a line costs time in proportion to its length whatever it holds.
"""

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["article", "special", "term", "item", "note", "signed"]

# Forms are filled in with spaces between letters; more than four are a gap in the line, not one in
# a word.
_S = r"[^\S\n]{0,4}"
_NAME = (
    rf"특{_S}약(?:{_S}(?:사{_S}항|조{_S}항|내{_S}용|조{_S}건))?|특{_S}별{_S}약{_S}정(?:{_S}사{_S}항)?|특{_S}기{_S}사{_S}항"
    r"|Special[^\S\n]{1,4}(?:Terms|Conditions|Provisions|Clauses?|Agreements?)"
)
_BEFORE_NAME = (
    rf"(?:(?:제{_S})?\d{{1,2}}{_S}[.)조]{_S}|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]{_S}\.?{_S})?[\[【<(〔〈《「『{{■□▣◆◇●○▶▷※*◎★#=·•\-]{{0,4}}{_S}"
    rf"(?:(?:기타|추가|계약|임대차|별도|그{_S}밖의){_S})?"
)
_AFTER_NAME = rf"{_S}(?:\([^()\n]{{0,40}}\){_S})?(?P<closed>[\]】>)〕〉》」』}}:：=\-–—]{{0,4}})"
_SPECIAL = re.compile(rf"(?P<heading>{_BEFORE_NAME}(?:{_NAME}){_AFTER_NAME})(?P<rest>{_S}[^\n]{{0,12}})", re.IGNORECASE)
# 특약 1. and 특약 ①, but not 특약 1항에 따라.
_NUMBER = re.compile(rf"{_S}(?:(?:제{_S})?\d{{1,2}}{_S}(?:[.):：]|조{_S}[(\[【])|\(\d{{1,2}}\)|[①-⑳]|[-•·*※]{_S}\S)")
# 특약에 따라 is part of a sentence.
_PARTICLE = re.compile("에|의|을|를|은|는|이|가|과|와|으로|도")

_ARTICLE = re.compile(
    rf"제{_S}\d{{1,3}}{_S}조(?:{_S}의{_S}\d{{1,2}})?(?!\d|{_S}제?\d{{0,3}}{_S}(?:항|호|에|의|를|은|는))|Article[^\S\n]{{1,4}}\d{{1,3}}\b",
    re.IGNORECASE,
)
_ITEM = re.compile(
    r"[①-⑳❶-❿⑴-⒇㉠-㉭]|\((?:\d{1,2}|[가-하])\)"
    rf"|\d{{1,2}}{_S}[.)](?={_S}[^\d\s])|[가나다라마바사아자차카타파하][.)](?=[^\S\n])|[-–•·▪○□◦*]{_S}(?<=\s)\S"
)
_NOTE = re.compile(r"[※■▣▶▷◆◇●★☆◎✓✔]")
_DATE = re.compile(
    r"\d{4}\s{0,4}[년./-]\s{0,4}\d{1,2}\s{0,4}[월./-]\s{0,4}\d{1,2}\s{0,4}일?|\d{0,4}[\s_]{0,12}년[\d\s_]{0,12}월[\d\s_]{0,12}일"
)
_CLOSING = re.compile(rf"(?:본|이|위|상기){_S}계약을{_S}증명")

# Where lines were lost, after the end of a sentence.
_LATE = re.compile(
    rf"(?<=[.。])[^\S\n]{{1,4}}(?:(?P<article>제\d{{1,3}}조(?:의\d{{1,2}})?{_S}[(\[【])|(?P<item>[①-⑳])"
    rf"|(?P<special>(?:[\[【<(■※]{{1,3}}{_S}특{_S}약(?:{_S}사{_S}항)?{_S}[\]】>):：]{{1,3}}|특{_S}약(?:{_S}사{_S}항)?{_S}(?:[:：]|\d{{1,2}}[.)])))"
    rf"|(?P<term>\d{{1,2}}[.)](?={_S}[^\d\s]))|(?P<note>※))"
)
_ENDS_SENTENCE = re.compile(r"(?:[.。!?]|다|함|음|임|됨|것|요|금지|불가|[□■☐☑]\s?[가-힣]{1,4})[\s)\]」』”\"']{0,4}$")
_GOES_ON = re.compile(r"(?:단|다만|이\s?경우|이\s?때|또한|그리고|및|또는)(?:[,\s]|$)")


@dataclass(frozen=True)
class Mark:
    """The start of a clause: its place in the line, and the heading of it and of what follows; None leaves the one before."""

    place: int
    kind: Kind
    heading: str | None = None


def first_mark(line: str) -> Mark | None:
    """The mark that this line begins with."""
    place = len(line) - len(line.lstrip())
    found = _special(line, place)
    if found:
        return found
    if match := _ARTICLE.match(line, place):
        return Mark(match.start(), "article", heading_of(line[place:]))
    if _CLOSING.match(line, place) or (len(line) < 200 and _DATE.fullmatch(line.strip())):
        return Mark(place, "signed", "")
    if _ITEM.match(line, place):
        return Mark(place, "item")
    return Mark(place, "note") if _NOTE.match(line, place) else None


def late_marks(line: str) -> list[Mark]:
    """Marks after the first sentence of a line."""
    return [_late(line, match) for match in _LATE.finditer(line)]


def ends_sentence(line: str) -> bool:
    """Whether what follows this line is a sentence of its own."""
    return bool(_ENDS_SENTENCE.search(line.rstrip()[-12:]))


def goes_on(line: str) -> bool:
    """Whether this line speaks about the one before it."""
    return bool(_GOES_ON.match(line.lstrip()[:12]))


def heading_of(text: str) -> str:
    """`제3조 (보증금의 반환)` without the sentence after it."""
    line = text.strip().split("\n", 1)[0]
    closed = _HEADING.match(line)
    return closed.group() if closed else line[:MAX_HEADING]


MAX_HEADING = 40
_HEADING = re.compile(r"[^)\]】]{0,60}[)\]】]")


def _special(line: str, place: int) -> Mark | None:
    match = _SPECIAL.match(line, place)
    if match is None or _PARTICLE.match(match["rest"]):
        return None
    heading = match["heading"].strip()
    if not match["rest"].strip():
        return Mark(place, "special", heading)
    return Mark(place, "term", heading) if match["closed"] or _NUMBER.match(match["rest"]) else None


def _late(line: str, match: re.Match[str]) -> Mark:
    kind = match.lastgroup or ""
    place = match.start(kind)
    if kind == "article":
        return Mark(place, "article", heading_of(line[place:]))
    if kind == "special":
        found = _special(line, place)
        return found or Mark(place, "term", "특약")
    return Mark(place, "note" if kind == "note" else "term" if kind == "term" else "item")
