"""Removes references that cannot be checked from a model's sentences.

These are laws and articles that it was not shown, judgments, addresses and telephone numbers.
"""

import re
from collections.abc import Iterable

from ...bilingual import Bilingual
from ...knowledge.entry import LawArticle

# What a model writes may come from the contract, so it is as hostile as that: no pattern may look
# at the same letters from every start.
_SENTENCE_END = re.compile(r"(?<=[.!?。]) ")
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S|[\w+-]@[\w-]{1,63}\.\w|[a-z0-9]\.(?:com|net|org|kr|io|info|biz|app|shop|xyz|me)\b",
    re.IGNORECASE,
)
_TELEPHONE = re.compile(r"(?<!\d)(?:\+82[ -]?|0)\d{1,2}[ -.]?\d{3,4}[ -.]?\d{4}(?!\d)|(?<!\d)1[3-9]\d\d-\d{4}(?!\d)")
_JUDGMENT = re.compile(r"\d{2,4}\s?(?:다카|다|가단|가합|나|두|도|마|헌바|헌마|헌가)\s?\d{2,}")
_ARTICLE = r"제\s?(\d+)\s?조(?:\s?의\s?(\d+))?"
_ENGLISH_ARTICLE = r"Article\s(\d+)(?:-(\d+))?"
_NUMBERS = re.compile(r"\d+")
# What is left of a name once the known ones are taken out. 방법, 불법 and the like are no laws.
_UNKNOWN = re.compile(
    r"[가-힣]{2}(?:법률(?!구조|자문|상담|관계|용어|행위|전문|사무|적|가)|시행령|시행규칙|조례)"
    r"|[가-힣](?<![방불위합적편탈해수기용문어요마])법(?=\s?(?:제\s?)?\d|[」』”’)]|에서|에\s|에는|에따|에\s?따|상\s|은\s|이\s|의\s|도\s|,)"
    r"|(?<![\w-])(?!(?:The|This|That|An?)\s)[A-Z][\w-]*\s(?:(?:on|of|the|for|and|to)\s){0,3}(?:Act|Code|Decree|Ordinance|Statute)\b"
)


class Citations:
    """Knows every law of the knowledge base, and which of their articles the model was shown."""

    def __init__(self, laws: Iterable[Bilingual], shown: Iterable[LawArticle]) -> None:
        self._shown = {(article.law.ko, article.article) for article in shown}
        names = sorted({law.ko: law for law in laws}.values(), key=lambda law: -len(law.ko))
        self._names = [(law.ko, _pattern(law)) for law in names]

    @property
    def patterns(self) -> list[tuple[str, re.Pattern[str]]]:
        """The known laws and how they are found in a sentence."""
        return self._names

    def checked(self, text: str) -> str:
        """The sentences of this text that can be looked up."""
        return " ".join(sentence for sentence in _SENTENCE_END.split(" ".join(text.split())) if self._holds(sentence))

    def _holds(self, sentence: str) -> bool:
        if any(pattern.search(sentence) for pattern in (_ADDRESS, _TELEPHONE, _JUDGMENT)):
            return False
        rest = sentence
        for name, pattern in self._names:
            for match in pattern.finditer(rest):
                article = _article(match)
                if article and (name, article) not in self._shown:
                    return False
            rest = pattern.sub(" ", rest)
        return not _UNKNOWN.search(rest)


def _pattern(law: Bilingual) -> re.Pattern[str]:
    korean = r"\s?".join(map(re.escape, law.ko.replace(" ", "")))
    english = re.escape(law.en)
    return re.compile(
        rf"{korean}[」』”’\"']?(?:\s?(?P<ko>{_ARTICLE}))?"
        rf"|(?:(?P<before>{_ENGLISH_ARTICLE})\sof\s(?:the\s)?)?(?i:{english})(?:,?\s?(?P<after>{_ENGLISH_ARTICLE}))?"
    )


def _article(match: re.Match[str]) -> str | None:
    said = match["ko"] or match["before"] or match["after"]
    if not said:
        return None
    number, *sub = _NUMBERS.findall(said)
    return f"제{number}조의{sub[0]}" if sub else f"제{number}조"
