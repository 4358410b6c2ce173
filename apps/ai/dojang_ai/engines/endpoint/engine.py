"""The engine that asks a model, shows it what the law says, and checks what it answers."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from concurrent.futures import Executor
from functools import partial
from typing import Literal, ParamSpec, TypeVar

from ...answer import RISKS
from ...bilingual import Bilingual, Locale
from ...contract.clause import Clause
from ...contract.split import split
from ...deadline import Deadline
from ...knowledge.entry import Entry, Knowledge
from ...knowledge.findings import Findings, Match
from ...pages.page import Page
from ...settings import Settings, SettingsError
from ..base import WAITS_FOR_MODEL, EngineFailed, Explanation
from ..summary import summary
from .access import access_of
from .embeddings import LetterEmbeddings, endpoint_embeddings
from .index import KnowledgeIndex
from .model import Model
from .prompt import messages, repaired
from .reply import BadReply, ClauseReply, read_reply
from .verify import Grounds, VerifiedClause, unmentioned, verified

P = ParamSpec("P")
T = TypeVar("T")

# A model with a context of 8,000 tokens reads this much Korean with its references and still has
# room to answer.
GROUP_CHARACTERS = 2_000
GROUPS_AT_ONCE = 4
NEAR_EACH = 2
MOST_REFERENCES = 12


class EndpointEngine:
    """Explains by a model; `knowledge` decides what may be cited and what is dangerous whatever the model says."""

    kind: Literal["endpoint"] = "endpoint"

    def __init__(self, model: Model, index: KnowledgeIndex, knowledge: Knowledge, workers: Executor) -> None:
        self.model = model.name
        self.label = Bilingual(
            f"{model.name} 모델이 설명한 결과이며 법률 자문이 아닙니다",
            f"Explained by the model {model.name}; this is not legal advice",
        )
        self._model = model
        self._index = index
        self._findings = Findings(knowledge)
        self._laws = list(dict.fromkeys(article.law for entry in knowledge.entries for article in entry.sources))
        self._workers = workers

    async def explain(self, pages: list[Page], locale: Locale, deadline: Deadline, on_stage: Callable[[str], None]) -> Explanation:
        """What the model says about these pages, checked."""
        clauses = split(pages)
        matches = await self._run(self._findings.matches, clauses, deadline)
        turns = asyncio.Semaphore(GROUPS_AT_ONCE)
        on_stage(WAITS_FOR_MODEL)

        async def explain_in_turn(group: list[Clause]) -> list[VerifiedClause]:
            async with turns:
                explained = await self._explain_group(group, matches, locale, deadline)
                # From here on it is the length of the contract that takes time.
                on_stage("explaining")
                return explained

        explained = [one for group in await _all([explain_in_turn(group) for group in _groups(clauses)]) for one in group]
        return self._explanation(pages, explained, unmentioned(explained, matches), clauses, locale)

    async def close(self) -> None:
        """Closes the connections."""
        await self._model.close()

    async def _explain_group(
        self,
        group: list[Clause],
        matches: list[Match],
        locale: Locale,
        deadline: Deadline,
    ) -> list[VerifiedClause]:
        entries = await self._run(self._references, group, matches)
        replies = await self._replies(group, entries, locale, deadline)
        return verified(replies, Grounds(group, entries, matches, self._laws), locale)

    def _references(self, group: list[Clause], matches: list[Match]) -> list[Entry]:
        """What the rules find, the risky first, then what is near."""
        asked = {id(clause) for clause in group}
        found = sorted((match for match in matches if id(match.clause) in asked), key=lambda match: -RISKS.index(match.risk))
        try:
            near = self._index.near([clause.words.original for clause in group], NEAR_EACH, MOST_REFERENCES)
        except Exception as error:
            raise EngineFailed("retrieval", "the knowledge base cannot be searched") from error
        entries = {entry.id: entry for entry in [*(match.entry for match in found), *near]}
        return list(entries.values())[:MOST_REFERENCES]

    async def _replies(self, group: list[Clause], entries: list[Entry], locale: Locale, deadline: Deadline) -> list[ClauseReply]:
        asked = messages(group, entries, locale)
        reply = await self._model.ask(asked, deadline.remaining())
        try:
            return read_reply(reply).clauses
        except BadReply as fault:
            asked = repaired(asked, reply, str(fault))
        try:
            return read_reply(await self._model.ask(asked, deadline.remaining())).clauses
        except BadReply as error:
            raise EngineFailed("bad-reply", "the model's answer cannot be understood") from error

    def _explanation(
        self,
        pages: list[Page],
        explained: list[VerifiedClause],
        added: list[Match],
        clauses: list[Clause],
        locale: Locale,
    ) -> Explanation:
        order = {id(clause): place for place, clause in enumerate(clauses)}
        both = [(order[id(one.clause)], one.finding, one.title) for one in explained]
        both += [(order[id(match.clause)], match.finding(locale), match.entry.title) for match in added]
        both.sort(key=lambda item: item[0])
        ko, en = ([finding.model_copy(update={"title": title.pick(each)}) for _, finding, title in both] for each in ("ko", "en"))
        text = "\n".join(page.text for page in pages)
        missing_ko, missing_en = self._findings.missing(text, "ko"), self._findings.missing(text, "en")
        counted = summary(len(pages), ko, en, missing_ko, missing_en)
        words = Bilingual(f"{counted.ko} {self.label.ko}.", f"{counted.en} {self.label.en}.")
        return Explanation(words, ko if locale == "ko" else en, missing_ko if locale == "ko" else missing_en)

    async def _run(self, work: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._workers, partial(work, *given, **named))


def endpoint_engine(settings: Settings, knowledge: Knowledge, workers: Executor) -> EndpointEngine:
    """The engine that these settings describe.

    :raises SettingsError: when the folder of the index cannot be made
    """
    access = access_of(settings)
    index_folder(settings)
    name = settings.embedding_model
    embeddings = endpoint_embeddings(access, name) if name else LetterEmbeddings(entry.prose for entry in knowledge.entries)
    index = KnowledgeIndex(settings.data / "index", knowledge, embeddings, name or LetterEmbeddings.name)
    return EndpointEngine(Model(access), index, knowledge, workers)


def index_folder(settings: Settings) -> None:
    """Makes the folder of the index where there is none.

    :raises SettingsError: when it cannot be made
    """
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError([f"AI_DATA {settings.data}: {error.strerror}"]) from error


async def _all(jobs: Iterable[Coroutine[None, None, T]]) -> list[T]:
    """All results, or the first failure after the others were stopped."""
    tasks = [asyncio.ensure_future(job) for job in jobs]
    try:
        return await asyncio.gather(*tasks)
    except BaseException:
        for task in tasks:
            task.cancel()
        raise


def _groups(clauses: list[Clause]) -> list[list[Clause]]:
    groups: list[list[Clause]] = []
    room = 0
    for clause in clauses:
        length = len(clause.words.original)
        if not groups or length > room:
            groups.append([])
            room = GROUP_CHARACTERS
        groups[-1].append(clause)
        room -= length
    return groups
