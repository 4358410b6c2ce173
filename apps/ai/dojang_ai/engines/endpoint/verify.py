"""Holds the model's answer to the contract and to the knowledge base: nothing that is not there stays in it."""

import re
from dataclasses import dataclass

from ...answer import RISKS, Finding, Risk
from ...bilingual import Bilingual, Locale
from ...contract.clause import Clause, Part
from ...contract.wording import squeezed
from ...knowledge.entry import Entry
from ...knowledge.findings import Match
from .citations import Citations
from .reply import ClauseReply

MIN_QUOTE = 6
MAX_WORDS = 1_200
MAX_TITLE = 80
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class VerifiedClause:
    """An explained clause that passed the checks. `finding` has the title in the asked language."""

    clause: Clause
    title: Bilingual
    finding: Finding


@dataclass(frozen=True)
class Grounds:
    """What an answer is held to: the clauses that were asked about, what was shown with them, and what the rules find in them."""

    clauses: list[Clause]
    entries: list[Entry]
    matches: list[Match]
    laws: list[Bilingual]


def verified(replies: list[ClauseReply], grounds: Grounds, locale: Locale) -> list[VerifiedClause]:
    """What may be shown: quotes that are in the contract, sources and laws that were shown, no risk lower than the rules say. Each once."""
    citations = Citations(grounds.laws, [article for entry in grounds.entries for article in entry.sources])
    checked = [_checked(reply, grounds, citations, locale) for reply in replies]
    return list({(one.finding.quote, one.finding.title): one for one in checked if one}.values())


def unmentioned(explained: list[VerifiedClause], matches: list[Match]) -> list[Match]:
    """What the rules find dangerous and the model left out."""
    mentioned = {id(one.clause) for one in explained if one.finding.risk == "danger"}
    return [match for match in matches if match.risk == "danger" and id(match.clause) not in mentioned]


def _checked(reply: ClauseReply, grounds: Grounds, citations: Citations, locale: Locale) -> VerifiedClause | None:
    place = _place(reply, grounds.clauses)
    if place is None:
        return None
    clause, quote = place
    risks = [match.risk for match in grounds.matches if match.clause is clause]
    if "danger" in risks and reply.risk != "danger":
        return None  # Words that play a danger down would contradict its colour: the knowledge base speaks instead.
    known = {entry.id: entry for entry in grounds.entries}
    title = Bilingual(_plain(citations.checked(reply.title_ko), MAX_TITLE), _plain(citations.checked(reply.title_en), MAX_TITLE))
    articles = [article for name in reply.sources if name in known for article in known[name].sources]
    finding = Finding(
        page=quote.page,
        quote=quote.text,
        title=title.pick(locale),
        explanation=_plain(citations.checked(reply.explanation), MAX_WORDS),
        risk=_at_least(reply.risk, risks),
        advice=_plain(citations.checked(reply.advice), MAX_WORDS),
        sources=[article.source(locale) for article in dict.fromkeys(articles)],
    )
    return VerifiedClause(clause, title, finding) if title.ko and title.en and finding.explanation else None


def _place(reply: ClauseReply, clauses: list[Clause]) -> tuple[Clause, Part] | None:
    """Where the quoted words really stand: in the clause that was named, else in any other."""
    words = squeezed(reply.quote)
    if len(words) < MIN_QUOTE:
        return None
    named = clauses[reply.clause - 1 : reply.clause] if reply.clause >= 1 else []
    for clause in [*named, *clauses]:
        start = clause.words.squeezed.find(words)
        if start >= 0:
            return clause, clause.quote(clause.words.span_of_squeezed(start, start + len(words)))
    return None


def _at_least(risk: Risk, by_rules: list[Risk]) -> Risk:
    return RISKS[max(map(RISKS.index, [risk, *by_rules]))]


def _plain(text: str, length: int) -> str:
    return _SPACES.sub(" ", text).strip()[:length]
