"""What the knowledge base says about the clauses of a contract."""

import re
from dataclasses import dataclass

from ..answer import RISKS, Finding, Missing, Risk
from ..bilingual import Locale
from ..contract.clause import Clause, Part
from ..contract.wording import Comparable, Span, Wording, squeezed
from ..deadline import Deadline
from .entry import Entry, Knowledge, Rule
from .ranking import Ranking

# A clause that no pattern knows is explained by the entry it resembles, if it does so clearly.
RESEMBLES = 0.34
MIN_LETTERS = 8
# 2. 전대 금지 is a special term; less is the number of one that was left empty.
MIN_LETTERS_OF_TERM = 4
MOST_A_CLAUSE = 3
# A long lease has a hundred. More is a text that was made to fill whatever receives the answer.
MOST_FINDINGS = 300
_SENTENCE = re.compile("[.。다함임음]$")
_LEASE = Wording(["임대", "임차", "전세", "월세", "lease", "tenant", "landlord"])


@dataclass(frozen=True)
class Match:
    """An entry that speaks about a clause, with the words that say so and the rule that decided."""

    clause: Clause
    entry: Entry
    rule: Rule | None
    span: Span

    @property
    def risk(self) -> Risk:
        """How risky the clause is by this entry."""
        return self.rule.risk if self.rule else self.entry.risk

    @property
    def quote(self) -> Part:
        """The words of the contract."""
        return self.clause.quote(self.span)

    def finding(self, locale: Locale) -> Finding:
        """As it stands in an answer."""
        note = self.rule.note if self.rule else None
        advice = (self.rule.advice if self.rule else None) or self.entry.advice
        words = [note.pick(locale)] if note else []
        quote = self.quote
        return Finding(
            page=quote.page,
            quote=quote.text,
            title=self.entry.title.pick(locale),
            explanation=" ".join([*words, self.entry.explanation.pick(locale)]),
            risk=self.risk,
            advice=advice.pick(locale),
            sources=[article.source(locale) for article in self.entry.sources],
        )


class Findings:
    """Looks clauses up in the knowledge base."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._ranking = Ranking(knowledge.entries)

    def matches(self, clauses: list[Clause], deadline: Deadline) -> list[Match]:
        """The matches of these clauses, in their order, or the riskiest if there are too many.

        A safe entry is returned once.
        """
        returned: set[str] = set()
        found: list[Match] = []
        for clause in clauses:
            deadline.remaining()
            for match in self._of(clause):
                if match.risk == "safe":
                    if match.entry.id in returned:
                        continue
                    returned.add(match.entry.id)
                found.append(match)
        return _riskiest(found)

    def missing(self, text: str, locale: Locale) -> list[Missing]:
        """What leases usually say and this text does not; nothing if it is no lease at all."""
        words = Comparable(text)
        if not _LEASE.is_in(words):
            return []
        return [
            Missing(
                title=usual.title.pick(locale),
                explanation=usual.explanation.pick(locale),
                sources=[article.source(locale) for article in usual.sources],
            )
            for usual in self._knowledge.usual
            if not usual.present.is_in(words)
        ]

    def _of(self, clause: Clause) -> list[Match]:
        letters = clause.words.squeezed
        if _is_only_heading(clause):
            return []
        by_words = [match for entry in self._knowledge.entries if (match := _match(clause, entry))]
        if not by_words:
            return self._resembling(clause) if len(letters) >= MIN_LETTERS else []
        resemblance = {entry.id: score for entry, score in self._ranking.ranked(letters)}
        by_words.sort(key=lambda match: (-RISKS.index(match.risk), -resemblance[match.entry.id], match.entry.id))
        risky = [match for match in by_words if match.risk != "safe"]
        return (risky or by_words)[:MOST_A_CLAUSE]

    def _resembling(self, clause: Clause) -> list[Match]:
        entry, score = self._ranking.ranked(clause.words.squeezed)[0]
        if score < RESEMBLES:
            return []
        match = Match(clause, entry, _first_rule(clause, entry), (0, 1))
        # Resemblance alone does not make a clause dangerous.
        return [match] if match.rule or match.risk != "danger" else []


def _riskiest(found: list[Match]) -> list[Match]:
    if len(found) <= MOST_FINDINGS:
        return found
    places = sorted(range(len(found)), key=lambda place: -RISKS.index(found[place].risk))[:MOST_FINDINGS]
    return [found[place] for place in sorted(places)]


def _match(clause: Clause, entry: Entry) -> Match | None:
    span = entry.about.find(clause.words)
    if span is None:
        return None
    rule = _first_rule(clause, entry)
    said = rule.found_in(clause.words) if rule else None
    return Match(clause, entry, rule, said or span)


def _first_rule(clause: Clause, entry: Entry) -> Rule | None:
    return next((rule for rule in entry.rules if rule.found_in(clause.words)), None)


def _is_only_heading(clause: Clause) -> bool:
    """Whether nothing is said. An item carries the heading of its article, but does not repeat it."""
    letters, heading = clause.words.squeezed, squeezed(clause.heading)
    if not heading or not letters.startswith(heading):
        return len(letters) < MIN_LETTERS_OF_TERM
    return len(letters) - len(heading) < MIN_LETTERS and not _SENTENCE.search(letters)
