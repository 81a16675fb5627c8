"""`python -m bot.tools ask`: what a sentence means, and why.

Reads the sentence from the arguments, or many from standard input, one a line. `--json` prints one object a line;
`--why` shows the words, repairs, matches and weights behind the decision.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable
from typing import Any

from bot.catalog.load import load
from bot.catalog.model import Knowledge
from bot.catalog.problems import KnowledgeError
from bot.safety.triage import worst
from bot.settings import SettingsError, settings_from
from bot.understanding.index import Understanding
from bot.understanding.meaning import Meaning
from bot.wiring import put_to_use

WHICH = "ACUPRESSURE_KNOWLEDGE"
"""The one setting that matters here: the folder of the knowledge base, as for the bot."""
PREGNANT = {"pregnant": True, "maybe": "maybe", "trying": "maybe", "not": False, "recent": False}
"""How `facts.pregnant` is shown; what is not said is null."""
BLEEDING = frozenset({"blood-thinners", "bleeding-disorder", "clot-recent", "clot-old"})
SURGERY = frozenset({"recent-surgery", "caesarean"})
CANCER = frozenset({"cancer-treatment", "tumour-site", "radiotherapy-field"})


def _said_of(meaning: Meaning, matters: frozenset[str]) -> bool | None:
    """True when one of the matters was said, false when it was said not to apply, None when nothing was said."""
    if any(matter in matters for matter, _ in meaning.facts.matters):
        return True
    return False if matters.intersection(meaning.facts.denied) else None


def facts_of(meaning: Meaning) -> dict[str, Any]:
    """The facts as an object; null is "not said"."""
    facts = meaning.facts
    held = {matter for matter, _ in facts.matters}
    return {
        "pregnant": PREGNANT.get(facts.pregnancy or ""),
        "weeks": facts.weeks,
        "age": facts.age,
        "bleeding_risk": _said_of(meaning, BLEEDING),
        "cancer": _said_of(meaning, CANCER),
        "recent_surgery": _said_of(meaning, SURGERY),
        "for_other": facts.for_other,
        "severity": facts.severity,
        "matters": sorted(held),
    }


def answer(text: str, index: Understanding, knowledge: Knowledge) -> dict[str, Any]:
    """Everything that is decided about a sentence."""
    meaning = index.meaning(text)
    levels = [alarm.level or knowledge.alarms[alarm.id].level for alarm in meaning.alarms if alarm.id in knowledge.alarms]
    return {
        "text": text,
        "decision": meaning.decision,
        "conditions": [{"id": each.id, "score": round(each.score, 3)} for each in meaning.conditions],
        "wanted": list(meaning.wanted),
        "alarms": [alarm.id for alarm in meaning.alarms],
        "level": worst(levels),
        "facts": facts_of(meaning),
        "topic": meaning.topic,
        "question": meaning.question,
        "point": meaning.point,
    }


def _plain(found: dict[str, Any]) -> str:
    ranked = ", ".join(f"{each['id']} {each['score']:.2f}" for each in found["conditions"][:5]) or "nothing"
    said = {key: value for key, value in found["facts"].items() if value not in (None, [])}
    rows = [f"{found['decision']}: {ranked}"]
    rows += [f"alarms: {', '.join(found['alarms'])} ({found['level']})"] if found["alarms"] else []
    rows += [f"facts: {said}"] if said else []
    rows += [f"topic: {found['topic']} {found['question'] or ''} {found['point'] or ''}".rstrip()] if found["topic"] else []
    return "\n".join(rows)


def _show(lines: Iterable[str], index: Understanding, knowledge: Knowledge, options: argparse.Namespace) -> None:
    for line in lines:
        text = line.rstrip("\n")
        found = answer(text, index, knowledge)
        print(json.dumps(found, ensure_ascii=False) if options.json else _plain(found))
        if options.why:
            print(*(f"  {fact}" for fact in index.why(text)), sep="\n")
        sys.stdout.flush()


def main(arguments: list[str]) -> int:
    """Answer one sentence, or every line of standard input; exit code 2 when the settings, the knowledge or the language cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m bot.tools ask", description=__doc__)
    parser.add_argument("words", nargs="*")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--why", action="store_true")
    parser.add_argument("--language", default="en")
    options = parser.parse_args(arguments)
    try:
        knowledge = load(settings_from({WHICH: os.environ.get(WHICH, "")}).knowledge)
        spoken = [code for code, words in knowledge.words.items() if words.lexicon is not None]
        if options.language not in spoken:
            parser.error(f"people's words are understood in these languages: {', '.join(spoken)}")
        index = put_to_use(knowledge.words[options.language], knowledge)
    except (SettingsError, KnowledgeError) as wrong:
        print(*wrong.problems, sep="\n", file=sys.stderr)
        return 2
    _show([" ".join(options.words)] if options.words else sys.stdin, index, knowledge, options)
    return 0
