"""How people say things in one language: spelling, concepts, and the combinations of concepts that mean something.

A *pattern* is a short text: names of concepts (or `=word` for a plain word) that must all be said close together.
`a|b` means either, `!a` forbids, `a?` adds weight when it is there. `knee pain|stairs` is a pattern of two parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from bot.catalog.model.points import STRICT

Pattern = str
Answered = Literal["yes", "agreed", "no", "none", "unsure", "emergency", "back", "stop", "help", "go", "next", "again",
    "later", "first", "second", "third", "pick_1", "pick_2", "pick_3", "pick_4", "pick_5", "pick_6", "pick_last", "unlisted", "miscarried", "nothing_else", "none_here", "meh", "asleep", "holidays", "clocks", "whereabouts", "pressing_hurts", "corrects", "minor", "elderly",
    "healthy", "same", "changed", "own", "helped", "wait", "found", "lost", "hurts", "swap", "did",
    "skip", "why", "change", "withheld", "no_pregnancy", "trying", "refused",
    "shorter", "longer", "softer", "one_hand", "at_desk", "in_bed", "with_partner", "on_ear", "keep", "pictures",
    "newly", "not_new", "all", "both", "thanks", "bye", "unfelt", "tender", "harder", "good", "over",
    "worsens", "left", "unreached", "now", "forget", "browse", "more",
    "restart", "no_pictures", "with_pictures", "to_settings", "to_history", "to_reminders", "to_favourites", "to_profile", "to_progress"]
Remarked = Literal["not_safe", "safe", "easier", "other_safe", "secret", "cannot_call", "alone", "unmeant", "seen", "own_reason"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """One way a word is bent: `drop` this ending, `add` one of these. `least`: letters that must be left;
    `unknown_only`: tried only on words nobody knows."""

    drop: str
    add: tuple[str, ...]
    least: int = 3
    undouble: bool = False
    unknown_only: bool = False
    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """Spelling. `clitics`: what may follow an apostrophe and is dropped. `shorthand`: written so, meant so (may be
    several words). `breaks`: words that begin a new clause. `irregular`: bent form to base form. `spellings`: pairs of
    letters that count as the same. `sounds`: replacements, in order, that make words that sound alike equal.
    `numbers`: number words. `light`: words skipped inside fixed expressions. `never`: words that are right as they stand, however rare: never repaired."""

    clitics: tuple[str, ...] = ()
    shorthand: Mapping[str, str] = field(default_factory=dict)
    breaks: tuple[str, ...] = ()
    endings: tuple[Ending, ...] = ()
    irregular: Mapping[str, str] = field(default_factory=dict)
    spellings: tuple[tuple[str, str], ...] = ()
    sounds: tuple[tuple[str, str], ...] = ()
    vowels: str = ""
    numbers: Mapping[str, int] = field(default_factory=dict)
    light: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """Something people talk about. `isa`: wider concepts it belongs to. `words`: words and fixed expressions for it;
    a word in its base form stands for all its forms, a bent one only for itself. `covers`: the words of one of its
    expressions mean nothing else there ("lower back" is not also "back"). `endings`: how its longer
    words end. `patterns`: combinations that mean it. `weightless`: little
    words, which spelling repair does not favour. `exact`: no light word is skipped inside its expressions. `firm`: only a
    "no" that belongs to it denies it; "my pregnancy is fine" and "not sleeping well, pregnant" still say it."""

    words: tuple[str, ...] = ()
    isa: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    covers: bool = False
    weightless: bool = False
    exact: bool = False
    firm: bool = False
    patterns: tuple[Pattern, ...] = ()
    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """Combinations of concepts that mean a condition, each with its weight (10: certain; 6: as good a guess as any);
    `phrases`: more ways to say it, beside those of the condition's own words."""

    patterns: Mapping[Pattern, float]
    phrases: tuple[str, ...] = ()
    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A kind of message that is not a complaint. `phrases`: whole ways to say it; `patterns`: combinations of concepts."""

    patterns: Mapping[Pattern, float] = field(default_factory=dict)
    phrases: tuple[str, ...] = ()
    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is said in passing. Keys of `matters` are ids of the profile's matters; keys of `pregnancy` are values of
    `Pregnancy`; `flags` are patterns for single facts. `words`: words that count only here, not for complaints and alarms.
    `sides`: word to left or right; `decades`: "seventies" to 70; `in_decade`: "late" to 8; `of_ten`: ways to say that a number is out of ten; `how_bad`:
    words that stand for such a number; `around_number`: words that may stand around one in an answer; `lasting`: words by which something is not over;
    `meant`: words that put another complaint in the place of the one before; `earlier`: words by which a number is told of another time;
    `courtesy`: what may stand around an answer; `laughter`: that too, but around no call for help; `from_to`: the two words around a number that has become another; `left_out`: words by which a point is not wanted;
    `advised_against`: words by which somebody of a care team is against pressing."""

    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    matters: Mapping[str, tuple[Pattern, ...]] = field(default_factory=dict)
    pregnancy: Mapping[str, tuple[Pattern, ...]] = field(default_factory=dict)
    flags: Mapping[str, tuple[Pattern, ...]] = field(default_factory=dict)
    sides: Mapping[str, str] = field(default_factory=dict)
    decades: Mapping[str, int] = field(default_factory=dict)
    in_decade: Mapping[str, int] = field(default_factory=dict)
    of_ten: tuple[str, ...] = ()
    how_bad: Mapping[str, int] = field(default_factory=dict)
    around_number: tuple[str, ...] = ()
    lasting: tuple[str, ...] = ()
    meant: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()
    courtesy: tuple[str, ...] = ()
    laughter: tuple[str, ...] = ()
    from_to: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    advised_against: tuple[str, ...] = ()
    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Scopes:
    """How far a "no" reaches, in words. `purpose`: words that begin a clause of what is hoped for ("so I don't vomit").
    `me`: words for the writer; `naming`: words before a person ("my", "a"); `given_to`: words before somebody the points
    are for; `for_whom`: between such a word and the person ("press for her"); `a_person`: a bare article ("a 13 year old girl");
    `between`: words that may stand between a "no" and what it firmly denies ("not on any"); `ties`: with these, words after which a
    sentence cannot begin ("no pain when I"); `closes`: words that end what is denied ("no fever or anything");
    `role`: before what the writer is ("as a 55 year old driver"); `joins`: words
    after which the same person is still spoken of ("my wife is due and can't sleep"), when one of `goes_on` follows; `aged`: how an age is said after the number ("year old"); `marks`: what divides sentences; `ends`: what ends one."""

    reach: int = 5
    purpose: tuple[str, ...] = ()
    me: tuple[str, ...] = ()
    naming: tuple[str, ...] = ()
    given_to: tuple[str, ...] = ()
    for_whom: tuple[str, ...] = ()
    a_person: tuple[str, ...] = ()
    between: tuple[str, ...] = ()
    ties: tuple[str, ...] = ()
    closes: tuple[str, ...] = ()
    aged: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    in_year: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    joins: tuple[str, ...] = ()
    goes_on: tuple[str, ...] = ()
    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Fitted by `python -m bench understanding --fit`; never edited by hand. Sure: the first condition has at least this
    confidence, and at least `least` points; below `unsure` points nothing was understood. `curve`: (confidence, how many of those
    were right)."""

    sure: float
    least: float
    unsure: float
    fitted_on: str = ""
    curve: tuple[tuple[float, float], ...] = ()
    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Remarks:
    """What people say to an alarm instead of answering it. `said`: whole clauses, by what they mean; `{name}` stands for any of
    `words`. `same`: written so, meant so. `dropped`: words without weight in any place; `around`: those that may stand alone or begin a
    clause; `breaks`: words that begin a new clause."""

    said: Mapping[Remarked, tuple[str, ...]] = field(default_factory=dict)
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    same: Mapping[str, str] = field(default_factory=dict)
    dropped: tuple[str, ...] = ()
    around: tuple[str, ...] = ()
    breaks: tuple[str, ...] = ()
    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Words for somebody else: a man or a boy, a woman or a girl, and those that tell neither; `he` and `she`: in place of a name."""

    man: tuple[str, ...] = ()
    he: tuple[str, ...] = ()
    woman: tuple[str, ...] = ()
    she: tuple[str, ...] = ()
    anyone: tuple[str, ...] = ()
    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """Words by which it becomes somebody else's turn, all without apostrophes. `around`: what may begin any of them; `own`: back to
    the writer; `next`: on to somebody who is named; `bare`: what may stand beside a name that says nothing else. `shared`: by which a
    routine is wanted for more than one; `too`: the same at the end of a clause, said of somebody else than one of `writer`; `joins`:
    between parts of a clause that may speak of two people."""

    around: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    next: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    too: tuple[str, ...] = ()
    writer: tuple[str, ...] = ()
    joins: tuple[str, ...] = ()
    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Untold:
    """Words by which something is named and not told, all without apostrophes. `asked`: before what is to be explained; `no_name`:
    what stands in no name of it; `supposed`: before what may be so; `removed`: before what is to be taken off the list, `..` for what
    it is; `denied`: beside what somebody else has, and the writer has not; `not_mine`: before whoever something was noted of by mistake; `born` and `tested`: a pregnancy is not as it was told; `of_others`: tests of something else."""

    asked: tuple[str, ...] = ()
    no_name: tuple[str, ...] = ()
    supposed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    not_mine: tuple[str, ...] = ()
    born: tuple[str, ...] = ()
    tested: tuple[str, ...] = ()
    of_others: tuple[str, ...] = ()
    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What is said around an answer, or beside the conversation. `addressed`: whoever is spoken to, around any short answer; `aged`: around
    the writer's age; `ceased`: what is over for good, after a "no" to the question about a pregnancy; `gives`: around the number of how bad it
    is; `eased` and `unchanged`: how it is by now, within longer words; `point_for`: asks what the point is for that is pressed. `present`: of somebody who only came in or called; `given`: what a child
    who is ill may be given; `may`: before or behind somebody of whom it is asked; `presses`: what they may do for the writer, before one of `pressed`; `again`: what begins a wish to hear the
    last thing once more; `numbers`: words by which the emergency numbers are asked for. All from `eased` on without apostrophes."""

    addressed: tuple[str, ...] = ()
    aged: tuple[str, ...] = ()
    ceased: tuple[str, ...] = ()
    gives: tuple[str, ...] = ()
    eased: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    point_for: tuple[str, ...] = ()
    present: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    presses: tuple[str, ...] = ()
    pressed: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """One language's folder `understanding/`. `common` is the text of the large word list; `alarms` holds the shapes of
    the alarms' own file."""

    writing: Writing
    concepts: Mapping[str, Concept]
    complaints: Mapping[str, Complaint]
    topics: Mapping[str, Topic]
    facts: Facts
    scopes: Scopes
    thresholds: Thresholds
    answers: Mapping[Answered, tuple[str, ...]] = field(default_factory=dict)
    remarks: Remarks = field(default_factory=Remarks)
    people: People = field(default_factory=People)
    turns: Turns = field(default_factory=Turns)
    untold: Untold = field(default_factory=Untold)
    beside: Beside = field(default_factory=Beside)
    common: str = ""
    learned: str = ""
    alarms: Mapping[str, Any] = field(default_factory=dict)
