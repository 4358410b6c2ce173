"""A contract in a few sentences, counted from what was found."""

from ..answer import Finding, Missing, Risk
from ..bilingual import Bilingual
from ..knowledge.findings import MOST_FINDINGS

MOST_TITLES = 3


def summary(pages: int, ko: list[Finding], en: list[Finding], missing_ko: list[Missing], missing_en: list[Missing]) -> Bilingual:
    """How many clauses were explained, the dangerous ones by name, what is missing, and what to do next."""
    if not ko and not missing_ko:
        return Bilingual(
            "주택 임대차 계약의 조항을 찾지 못했습니다. 계약서의 모든 쪽을 순서대로 올렸는지 확인해 주세요.",
            "No clause of a housing lease was found. Please check that all pages of the contract were sent, in order.",
        )
    danger, caution, safe = (sum(finding.risk == risk for finding in ko) for risk in ("danger", "caution", "safe"))
    korean = [f"계약서 {pages}쪽에서 조항 {len(ko)}개를 살펴보았습니다: 위험 {danger}개, 주의 {caution}개, 안전 {safe}개."]
    english = [f"{_count(pages, 'page')}, {_count(len(ko), 'point')}: {danger} dangerous, {caution} to watch, {safe} safe."]
    if danger:
        korean.append(f"서명하기 전에 꼭 고쳐야 할 것: {_titles(ko, 'danger')}.")
        english.append(f"To be changed before signing: {_titles(en, 'danger')}.")
    elif caution:
        korean.append(f"다시 확인할 것: {_titles(ko, 'caution')}.")
        english.append(f"To be checked again: {_titles(en, 'caution')}.")
    else:
        korean.append("임차인에게 특별히 불리한 조항은 찾지 못했습니다.")
        english.append("No clause was found that is particularly bad for the tenant.")
    if len(ko) >= MOST_FINDINGS:
        korean.append(f"설명할 조항이 너무 많아 위험이 큰 {MOST_FINDINGS}개만 살펴보았습니다.")
        english.append(f"There is too much to explain: these are the {MOST_FINDINGS} riskiest points.")
    if missing_ko:
        korean.append(f"빠진 내용 {len(missing_ko)}가지: {_first([item.title for item in missing_ko])}.")
        english.append(f"Not in the contract ({len(missing_en)}): {_first([item.title for item in missing_en])}.")
    return Bilingual(" ".join(korean), " ".join(english))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _titles(findings: list[Finding], risk: Risk) -> str:
    return _first(list(dict.fromkeys(finding.title for finding in findings if finding.risk == risk)))


def _first(titles: list[str]) -> str:
    more = len(titles) - MOST_TITLES
    return ", ".join(titles[:MOST_TITLES]) + (f" (+{more})" if more > 0 else "")
