"""The knowledge base explains what leases say, with the right risk and with real articles."""

import re
from collections import Counter
from pathlib import Path

import pytest
import yaml
from dojang_ai.answer import RISKS
from dojang_ai.contract.clause import Clause, Part
from dojang_ai.deadline import Deadline
from dojang_ai.knowledge.findings import Findings
from dojang_ai.knowledge.load import bundled

PHRASES = yaml.safe_load((Path(__file__).parent / "phrases.yaml").read_text("utf-8"))


@pytest.mark.parametrize(("entry", "risk", "text"), PHRASES)
def test_phrase(entry: str, risk: str, text: str, findings: Findings, deadline: Deadline) -> None:
    found = {match.entry.id: match.risk for match in findings.matches([Clause("", (Part(1, text),))], deadline)}
    assert found.get(entry) == risk, found


def test_every_entry_is_tried_by_a_phrase() -> None:
    assert {entry.id for entry in bundled().entries} == {entry for entry, _, _ in PHRASES}


def test_there_is_enough_to_explain_a_lease() -> None:
    assert len(bundled().entries) >= 40


@pytest.mark.parametrize("entry", bundled().entries, ids=lambda entry: entry.id)
def test_entry_is_whole(entry) -> None:
    texts = [entry.title, entry.explanation, entry.advice, *(rule.note for rule in entry.rules if rule.note)]
    for text in texts:
        assert re.search("[가-힣]", text.ko) and not re.search("[가-힣]", text.en)
    for article in entry.sources:
        source = article.source("en")
        assert re.fullmatch(r"제\d+조(의\d+)?", source.article)
        assert source.url == f"https://www.law.go.kr/법령/{article.law.ko.replace(' ', '')}/{source.article}"
        assert article.law.ko in source.title and article.law.en in source.title


def test_dangerous_clauses_are_found_in_both_languages_of_a_contract(findings: Findings, deadline: Deadline) -> None:
    same = [(entry, text) for entry, risk, text in PHRASES if risk == "danger" and not re.search("[가-힣]", text)]
    assert len(same) >= 6


def test_the_matches_of_a_clause_always_have_the_same_order(findings: Findings, deadline: Deadline) -> None:
    clause = Clause("", (Part(1, "임차인은 전입신고와 확정일자를 받지 않고 근저당 설정에 동의하며 모든 수리를 부담한다."),))
    runs = [[match.entry.id for match in findings.matches([clause], deadline)] for _ in range(5)]
    assert Counter(map(tuple, runs)) == {tuple(runs[0]): 5}
    assert len(runs[0]) > 1


def test_words_that_are_not_about_leases_are_not_explained(findings: Findings, deadline: Deadline) -> None:
    texts = ["오늘은 날씨가 맑고 바람이 조금 불겠습니다.", "The quick brown fox jumps over the lazy dog.", "라면을 끓일 때는 물을 550밀리리터 붓습니다."]
    clauses = [Clause("", (Part(1, text),)) for text in texts]
    assert findings.matches(clauses, deadline) == []
    assert findings.missing("\n".join(texts), "ko") == []


def test_a_clause_without_known_words_is_explained_by_what_it_resembles(findings: Findings, deadline: Deadline) -> None:
    text = "집을 산 사람이 임대인의 지위를 이어받아 계약은 그대로이고 새 주인에게 받는다."
    found = findings.matches([Clause("", (Part(1, text),))], deadline)
    assert [match.entry.id for match in found] == ["sale-of-home"]
    assert RISKS.index(found[0].risk) < RISKS.index("danger")
