"""Every pattern takes time in proportion to the length of what it reads, whatever that is.

All patterns are found by themselves: `re.compile` may be called where a module is imported or in the functions listed here, and nothing
else of `re` may be called at all, so a new pattern is tested without a word in this file.
"""

import ast
import importlib
import pkgutil
import re
import sys
import time
from collections.abc import Callable, Iterator
from itertools import chain, product
from typing import Any

import dojang_ai
import pytest
from conftest import HOME
from dojang_ai.contract.split import split
from dojang_ai.contract.wording import Wording
from dojang_ai.engines.endpoint.citations import Citations
from dojang_ai.engines.endpoint.reply import BadReply, read_reply
from dojang_ai.knowledge.findings import Findings
from dojang_ai.knowledge.load import bundled
from dojang_ai.pages.page import Page, tidied

if sys.version_info >= (3, 11):
    from re import _parser as parser
else:
    import sre_parse as parser

SMALL = 1_000
# Eight times the length; what then takes more than ten times as long is looked at once more at
# twice that.
STEP, SUSPICIOUS, LAST_STEP = 8, 10, 2
# Between two, in proportion, and four, squared, on a processor that does other things too.
LIMIT, SLACK = 3, 0.005
FAR_TOO_LONG = 1
# Where patterns are made of what the knowledge base holds.
MADE_OF_DATA = {"wording.py": {"_joined"}, "citations.py": {"_pattern"}}
PACKAGE = HOME / "dojang_ai"
LAWS = [law for law in dict.fromkeys(article.law for entry in bundled().entries for article in entry.sources)]


def modules() -> list[Any]:
    names = [found.name for found in pkgutil.walk_packages(dojang_ai.__path__, "dojang_ai.") if not found.name.endswith("__main__")]
    return [importlib.import_module(name) for name in names]


def of_modules() -> Iterator[tuple[str, re.Pattern[str]]]:
    for module in modules():
        for name, value in vars(module).items():
            for at, pattern in enumerate(
                value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else [value]
            ):
                if isinstance(pattern, re.Pattern):
                    yield f"{module.__name__}.{name}{f'[{at}]' if at else ''}", pattern
                elif isinstance(pattern, Wording):
                    yield from of_wording(f"{module.__name__}.{name}", pattern)


def of_wording(name: str, wording: Wording) -> Iterator[tuple[str, re.Pattern[str]]]:
    yield from ((f"{name} {language}", pattern) for language, pattern in wording.patterns.items())


def of_knowledge() -> Iterator[tuple[str, re.Pattern[str]]]:
    for entry in bundled().entries:
        yield from of_wording(f"{entry.id} about", entry.about)
        for at, rule in enumerate(entry.rules):
            yield from of_wording(f"{entry.id} if {at}", rule.when)
            yield from of_wording(f"{entry.id} unless {at}", rule.unless) if rule.unless else ()
    for usual in bundled().usual:
        yield from of_wording(f"missing {usual.id}", usual.present)


def of_laws() -> Iterator[tuple[str, re.Pattern[str]]]:
    return ((f"law {name}", pattern) for name, pattern in Citations(LAWS, []).patterns)


PATTERNS = dict(chain(of_modules(), of_knowledge(), of_laws()))


def letters(pattern: str, flags: int) -> list[str]:
    """One letter for each literal and each class of the pattern, in its order."""
    found: dict[str, None] = {}

    def walk(node: Any) -> None:
        if isinstance(node, parser.SubPattern | list | tuple):
            if isinstance(node, tuple) and len(node) == 2 and str(node[0]) in ("LITERAL", "NOT_LITERAL"):
                found[chr(node[1]) if str(node[0]) == "LITERAL" else "x"] = None
            elif isinstance(node, tuple) and len(node) == 2 and str(node[0]) == "RANGE":
                found[chr(node[1][0])] = None
            elif isinstance(node, tuple) and len(node) == 2 and str(node[0]) == "CATEGORY":
                found[{"DIGIT": "1", "SPACE": " ", "WORD": "a"}.get(str(node[1]).rsplit("_", 1)[-1], "a")] = None
            else:
                for part in node:
                    walk(part)

    walk(parser.parse(pattern, flags))
    return list(found)


def samples(pattern: str, flags: int) -> list[str]:
    """Beginnings of a text that the pattern finds: the first of every choice, the least of every repetition."""

    def of(nodes: Any) -> str:
        return "".join(one(str(kind), value) for kind, value in nodes)

    def one(kind: str, value: Any) -> str:
        if kind == "LITERAL":
            return chr(value)
        if kind == "IN":
            return next((chr(v if str(k) == "LITERAL" else v[0]) for k, v in value if str(k) in ("LITERAL", "RANGE")), " ")
        if "REPEAT" in kind:
            return of(value[2]) * max(1, min(value[0], 3))
        if kind == "SUBPATTERN":
            return of(value[-1])
        return of(value[1][0]) if kind == "BRANCH" else "x" if kind in ("ANY", "NOT_LITERAL") else ""

    nodes = list(parser.parse(pattern, flags))
    return [of(nodes[:length]) for length in range(1, len(nodes) + 1)]


def hostile(pattern: re.Pattern[str]) -> list[str]:
    """What is repeated: each letter of the pattern, the first ones in pairs, and the beginnings of what it finds."""
    flags = pattern.flags & ~re.UNICODE
    single = letters(pattern.pattern, flags)
    pairs = ["".join(pair) for pair in product(single[:5], [" ", "1", "가", "a"]) if pair[0] != pair[1]]
    begun = samples(pattern.pattern, flags)
    return list(
        filter(None, dict.fromkeys([*single, " ", "\t", "\n", "1", "가", "A-", *pairs, *begun[:9], begun[-1][:-1], f"{begun[-1][:-1]} "]))
    )


def seconds(work: Callable[[str], object], text: str) -> float:
    begun = time.thread_time()
    work(text)
    return time.thread_time() - begun


def grows_by_length(work: Callable[[str], object], unit: str, small: int = SMALL) -> bool:
    """Whether the time does. What ends the text makes a pattern look in vain for the end of a line."""

    def on(length: int) -> float:
        return seconds(work, (unit * (length // len(unit) + 1))[:length] + "!")

    brief = on(small)
    longer = on(small * STEP) if brief < FAR_TOO_LONG / STEP else FAR_TOO_LONG
    if longer <= brief * SUSPICIOUS + SLACK:
        return True
    return longer < FAR_TOO_LONG and on(small * STEP * LAST_STEP) <= longer * LIMIT


@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=PATTERNS)
def test_a_pattern_takes_time_in_proportion_to_the_text(pattern: re.Pattern[str]) -> None:
    def reads(text: str) -> None:
        for _ in pattern.finditer(text):
            pass

    for unit in hostile(pattern):
        assert grows_by_length(reads, unit), f"{pattern.pattern} on {unit!r} repeated"


MARKS = " \t\u3000특약사항[]제조1.()①-※:가년월일\n다。"
UNITS = [
    *MARKS,
    "특 ",
    "제 1 ",
    "제1조 ",
    "특약 1",
    "[ ",
    "( ",
    "※ ",
    "2026 년 ",
    "1 .",
    "특약사항 ",
    ". ",
    ".특약",
    ". 1",
    "- ",
    "가 ",
    "다.\n",
    "\u0301",
    "\u0315\u0301",
    "a\u0301\u0315",
]
FINDINGS = Findings(bundled())
WHOLE: dict[str, Callable[[str], object]] = {
    "split": lambda text: split([Page(1, text)]),
    "split among special terms": lambda text: split([Page(1, "[특약사항]\n" + text)]),
    "tidied": tidied,
    "missing": lambda text: FINDINGS.missing("임대차" + text, "ko"),
    "citations": Citations(LAWS, []).checked,
}


@pytest.mark.parametrize("work", WHOLE.values(), ids=WHOLE)
def test_what_reads_a_contract_takes_time_in_proportion_to_it(work: Callable[[str], object]) -> None:
    for unit in UNITS:
        assert grows_by_length(work, unit, 2_000), f"on {unit!r} repeated"


def test_a_reply_takes_time_in_proportion_to_it() -> None:
    def reads(text: str) -> None:
        with pytest.raises(BadReply):
            read_reply(text)

    for unit in ("<think>", "</think>", "{", "}", "["):
        assert grows_by_length(reads, unit), f"on {unit!r} repeated"


def test_no_pattern_is_hidden_in_a_function() -> None:
    for file in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(file.read_text("utf-8"))
        inside = {id(node): scope.name for scope in ast.walk(tree) if isinstance(scope, ast.FunctionDef) for node in ast.walk(scope)}
        for node in ast.walk(tree):
            match node:
                case ast.Call(func=ast.Attribute(value=ast.Name(id="re"), attr="escape")):
                    continue
                case ast.Call(func=ast.Attribute(value=ast.Name(id="re"), attr=name)):
                    assert name == "compile", f"{file.name}: re.{name}, compile the pattern in the module"
                    scope = inside.get(id(node))
                    assert scope is None or scope in MADE_OF_DATA.get(file.name, ()), f"{file.name}: a pattern inside {scope}"
                case ast.ImportFrom(module="re"):
                    raise AssertionError(f"{file.name}: import re itself")


@pytest.mark.parametrize(
    "quadratic",
    [r"\s+$", r"^[ \t]*(?:[ \t]*특약|제)", r"\d+일", r"[가-힣]+법", r"<think>.*?</think>", r"\w+@\w+", r"(?:\s*가)?\s*나\s*$"],
)
def test_the_measure_finds_what_is_quadratic(quadratic: str) -> None:
    pattern = re.compile(quadratic, re.MULTILINE)

    def reads(text: str) -> None:
        for _ in pattern.finditer(text):
            pass

    assert not all(grows_by_length(reads, unit) for unit in hostile(pattern))
