"""The one door to people's words: built once from a language's words, then `meaning(text)`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from threading import Lock

from rapidfuzz import fuzz, process

from bot.catalog.model import Knowledge, Words
from bot.catalog.model.lexicon import Lexicon
from bot.understanding import ears, guess
from bot.understanding.alarms import Alarms, Known, alarms
from bot.understanding.answers import Answers
from bot.understanding.facts import FactFinder, fact_literals
from bot.understanding.features import Features, Sound
from bot.understanding.hear import Expressions, Hearing, Scope, hearing
from bot.understanding.learned import TOPIC, Likely, read
from bot.understanding.meaning import PERHAPS_PREGNANT, Decision, HeardAlarm, HeardFacts, Meaning, Ranked
from bot.understanding.named import PointNames
from bot.understanding.parts import Part, parts_of, whole
from bot.understanding.patterns import Patterns, literals, pattern
from bot.understanding.questions import Asked, Questions
from bot.understanding.scope import in_words
from bot.understanding.symptoms import Candidate, Likeness, Symptoms, units_of, wanted, whose
from bot.understanding.topics import OURS, Topics, is_asked, is_ours
from bot.understanding.vocabulary import reader_of
from bot.understanding.words import Reading, Token

KEPT = 5
HEARD_AT_ALL = 5.0
"""Points of a pattern from which something was heard at all: as much as a part of the body has by itself."""
READ_BEFORE, COMMON, OWN_COMMON, AT_ONCE = 30, 5.0, 4.0, 60
"""Every so many phrases one is read when the index is built, and words as common as this are learnt, and rarer ones that are ours, so
many at once."""
SAME_LABEL = 88
FULL_SCORE = 46.0
NOBODY = Known()
ENOUGH = 6.7
"""A complaint that a pattern shows with this score is one of those of the message, beside a better one."""
UNLIKELY, FOR_WHOM = ("abuse", "other-disease"), 6
"""So few words about somebody else only say for whom it is; these they are only where the rules name them."""
CHILD, CHILD_PERSON, CHILD_UNTIL = "child", "child-person", 12
ANIMAL, ADULT, OF_SOMEBODY = "animal", "adult-person", 0.0
"""Odds (a logarithm) that it is a complaint, above which animals only belong to the story of somebody who is named."""
NEWBORN = "postpartum"
"""Its words name the child as well as the birth: "newborn with hiccups"."""
NO_COMPLAINTS = (ANIMAL, CHILD)
"""Topics that a phrase of a complaint to the letter does not undo."""
SHORT = 8
"""In so few words a clear complaint is all that is said."""
LONG = 16
"""A message of so many words is looked at again sentence by sentence, and clause by clause."""
QUESTION, NO_QUESTION = "question", -7.0
"""Below this (a logarithm) the second ear hears no question."""
SURELY_COMPLAINS, SURELY_OTHER, SURELY_A_CHILD = 10.0, -4.0, -3.0
"""Odds (logarithms) that it is a complaint, from which on no topic is looked for, and below which it is surely none."""
HARDLY_ASKED = -2.0
"""Odds (a logarithm) that it is a complaint, above which one that a pattern shows clearly is no question."""
ASKED_BY_NAME = 0.8
"""How near a question is taken to be that asks for a point by its name."""
CLEAR_COMPLAINT = 8.8
"""Beside so clear a complaint no question is looked for."""
COURTESIES = ("thanks", "bye")
"""Answers that are never a complaint: "good night"."""


class Understanding:
    """What one language's messages mean. Reading never changes it, apart from memories of words."""

    def __init__(self, words: Words, knowledge: Knowledge) -> None:
        lexicon = words.lexicon
        if lexicon is None:
            raise ValueError(f"{words.language}: no lexicon of people's words")
        self._lexicon: Lexicon = lexicon
        self._alarms: Alarms | None = alarms(words.alarm_rules) if words.alarm_rules else None
        self._second = read(lexicon.learned) if lexicon.learned else None
        self._features = Features(self._alarms.groups() if self._alarms else {})
        self._one_at_a_time = Lock()  # the memories of words are emptied now and then
        self._weight: dict[str, ears.Weight] = {
            id_: "crisis" if alarm.crisis or alarm.private else "now" if alarm.level == "emergency" else "later"
            for id_, alarm in knowledge.alarms.items()
        }
        self.reader = reader_of(words, lexicon)
        stem = self.reader.stem
        complaints = [
            (name, text, weight) for name, one in lexicon.complaints.items() for text, weight in one.patterns.items()
        ]
        texts = [text for _, text, _ in complaints] + [text for one in lexicon.topics.values() for text in one.patterns]
        signs = {name: one.patterns for name, one in lexicon.concepts.items() if one.patterns}
        texts += [text for one in signs.values() for text in one]
        plain = literals(texts, stem) | fact_literals(lexicon.facts, stem)
        self._expressions = Expressions(lexicon, self.reader, plain)
        self._untold = frozenset({"filler", *[f"={word}" for word in plain]})
        """What is heard and is no concept of a meaning."""
        self._scope = Scope(lexicon.scopes, {name for name, one in lexicon.concepts.items() if one.firm})
        self._fillers = frozenset(stem(word) for word in lexicon.concepts["filler"].words if " " not in word)
        more = {name: one.phrases for name, one in lexicon.complaints.items()}
        sayings = {name: (*one.phrases, *more.get(name, ())) for name, one in words.conditions.items()}
        taught = {} if self._second else sayings  # the second ear has learnt the phrases
        self._likeness = Likeness({name: [self._units(phrase) for phrase in one] for name, one in taught.items()})
        patterns = Patterns([pattern(name, text, weight, stem) for name, text, weight in complaints])
        self._symptoms = Symptoms(patterns)
        self._signs = Patterns([pattern(name, text, 1.0, stem) for name, many in signs.items() for text in many])
        self._facts = FactFinder(lexicon, stem)
        self._topics = Topics(lexicon.topics, stem, self.reader.speller.frequency)
        self._questions = Questions(
            {
                name: [self._plain_units(text) for text in (one.question, *one.phrases)]
                for name, one in words.questions.items()
            },
            lexicon.scopes.marks,
        )
        self._giving_way = frozenset(name for name, one in knowledge.questions.items() if one.gives_way)
        self._answers = Answers(lexicon, self.reader)
        self._phrases = {self.reader.read(text).stems: name for name, one in words.conditions.items() for text in one.phrases}
        self._points = PointNames(words, knowledge, self._complains)

    def meaning(self, text: str, known: Known = NOBODY) -> Meaning:
        """What a message means. Two threads may ask at once: one waits."""
        with self._one_at_a_time:
            return self._meaning(text, known)

    def _meaning(self, text: str, known: Known) -> Meaning:
        heard = self.hearing(text)
        candidates = self._symptoms.ranked(heard)
        as_read = whole(heard, candidates)
        rings, likely = self._both(as_read, known)
        sounded = likely
        point = self.point(text)
        question = self._asked(heard, candidates, likely)
        asked = question.share
        facts, topic = self._about(heard, candidates, ASKED_BY_NAME if point else asked, likely)
        second = None if topic else guess.better(heard, candidates, self.reader.speller, self._listen)
        if second:
            heard, candidates = second
            facts, _ = self._about(heard, candidates, asked, likely)
            _, likely = self._both(whole(heard, candidates), known)
        answer = self._answers.of(as_read.reading.stems) or (self._answers.of(heard.reading.stems) if second else None)
        before, candidates = candidates, self._ranked(heard, candidates, likely)
        decision = self._decision(candidates, 0.0 if second else ears.confidence(before, candidates, likely))
        if likely and sounded and heard.reading.tokens:
            if rings or not (answer or asked >= OURS):  # our own words ring by a rule only
                rings = self._alarms_in(as_read, rings, sounded, known)  # as it was read: no guess hides an alarm
            if rings or answer:  # words of an alarm, or of a plain answer, are no complaint, unless a pattern says so
                candidates = [one for one in candidates if one.shown >= ENOUGH and answer not in COURTESIES]
                decision = self._decision(candidates, ears.confidence(before, candidates, None))
            if topic != QUESTION or decision != "none" or not is_ours(heard, facts, asked):  # that is one, whatever it sounds like
                shown = decision == "sure" or guess.strength(before) >= CLEAR_COMPLAINT
                topic = self._topic(topic, heard, facts, likely, sure=shown)
        if candidates and heard.reading.stems in self._phrases and not rings and topic not in NO_COMPLAINTS:
            decision, topic = "sure", None  # to the letter: also what was never learnt
        if topic == QUESTION and not asked:
            question = self._questions.nearest(heard, likely)  # none was looked for beside a clear complaint
        if topic == QUESTION and not question.near and decision == "sure" and not (likely and likely.complaint() < SURELY_OTHER):
            topic = None  # a question we have no answer to, beside a clear complaint
        told = answer or (facts.matters and not is_asked(heard)) or self._rather_complains(before, question, likely)
        if topic == QUESTION and told and question.share < OURS:
            topic = None  # an answer to what is on the screen ("done with this one"), a fact ("no, I'm on warfarin"), or a plain complaint
        return Meaning(
            conditions=tuple([Ranked(one.id, min(1.0, one.score / FULL_SCORE)) for one in candidates[:KEPT]]),
            decision=decision,
            wanted=tuple(wanted(candidates, ENOUGH)),
            facts=facts,
            topic=topic if heard.reading.tokens or not text.strip() else "gibberish",
            question=question.id if topic == QUESTION and not point and question.near else None,
            point=point if point and not (decision == "sure" and topic != "question" and self._points.only_doubtful(text)) else None,
            concepts=self._concepts(heard, facts),
            alarms=rings,
            answer=answer,
        )

    @staticmethod
    def _topic(named: str | None, heard: Hearing, facts: HeardFacts, likely: Likely, *, sure: bool) -> str | None:
        """The topic by both ears. Of a child when one is named, or its age is told, or it surely sounds like one: nobody who may be
        grown up is refused."""
        young = facts.age is not None and facts.age < CHILD_UNTIL
        if named == CHILD and young:
            return CHILD
        topic = ears.topic_of(named, likely, sure=sure)
        if topic == ANIMAL and heard.has(ADULT) and likely.complaint() > OF_SOMEBODY:
            return None
        if facts.for_other and len(heard.reading.tokens) <= FOR_WHOM and (
            (topic in UNLIKELY and named != topic) or (topic == QUESTION and not is_asked(heard))
        ):
            return None
        if topic != CHILD or young:
            return topic
        if (facts.pregnancy == "recent" and not heard.has(NEWBORN)) or (facts.pregnancy == "pregnant" and likely.complaint() > OF_SOMEBODY):
            return None  # it is just born, or not yet: perhaps its mother is written of, and for whom it is will be asked
        told = heard.has(CHILD_PERSON) or likely.complaint() < SURELY_A_CHILD
        return CHILD if told and facts.age is None else None

    def _about(
        self, heard: Hearing, candidates: Sequence[Candidate], asked: float, likely: Likely | None
    ) -> tuple[HeardFacts, str | None]:
        """Facts and topic; no topic is looked for in what is surely a complaint."""
        own, other = whose(self._scope, heard, candidates)
        facts = self._facts.facts(heard, own=own, other=other)
        if likely and not asked and likely.complaint() > SURELY_COMPLAINS:
            return facts, None
        return facts, self._topics.topic(heard, candidates, facts, asked)

    def _rather_complains(self, candidates: Sequence[Candidate], question: Asked, likely: Likely | None) -> bool:
        """A pattern shows a complaint clearly, and it hardly sounds like a question, or like none of ours; or one that gives way to a complaint."""
        clear = guess.strength(candidates)
        sounds = likely is not None and likely.complaint() > (HARDLY_ASKED if question.near else SURELY_OTHER)
        return (clear >= CLEAR_COMPLAINT and sounds) or (clear >= ENOUGH and question.id in self._giving_way)

    def _asked(self, heard: Hearing, candidates: Sequence[Candidate], likely: Likely | None) -> Asked:
        """Our question and how near it is; beside a clear complaint, or where nothing sounds like one, only one to the letter."""
        clear = guess.strength(candidates) >= CLEAR_COMPLAINT or (likely and likely.log(TOPIC, QUESTION) < NO_QUESTION)
        return self._questions.exactly(heard) if clear else self._questions.nearest(heard, likely)

    def _listen(self, reading: Reading) -> tuple[Hearing, list[Candidate]]:
        heard = hearing(reading, self._expressions, self._scope)
        return heard, self._symptoms.ranked(heard)

    def ranked(self, text: str) -> list[Candidate]:
        """The conditions with their scores and what speaks for them, before any decision."""
        return self.judged(text)[0]

    def judged(self, text: str) -> tuple[list[Candidate], float]:
        """The conditions, and how sure the first one is."""
        heard, before = self._listen(self.reader.read(text))
        _, likely = self._both(whole(heard, before), NOBODY)
        after = self._ranked(heard, before, likely)
        return after, ears.confidence(before, after, likely)

    def _ranked(self, heard: Hearing, candidates: Sequence[Candidate], likely: Likely | None) -> list[Candidate]:
        """By the patterns and what was learnt of whole sentences; where nothing was learnt, by likeness to the phrases. A phrase to the
        letter comes first: so a new one helps before it was learnt."""
        if likely:
            return ears.with_first(self._phrases.get(heard.reading.stems), ears.ranked(candidates, likely))
        return self._likeness.ranked(candidates, units_of(heard, self._fillers))

    def hearing(self, text: str) -> Hearing:
        return hearing(self.reader.read(text), self._expressions, self._scope)

    def answers_in(self, text: str, allowed: Collection[str]) -> frozenset[str]:
        """The short answers of these kinds that the words consist of, and of nothing else; empty where anything else is said."""
        return self._answers.pieces(self.reader.read(text).stems, allowed)

    def learn(self, words: Sequence[str]) -> None:
        """Fills the memories of these words. At most as many at once as a message may have."""
        reading = self.reader.read(" ".join(words))
        self._expressions.heard(reading)
        groups = self._rings(reading, NOBODY)[1]
        self._features.of(Sound(reading, (), groups))

    def choice(self, text: str, labels: Mapping[str, str]) -> str | None:
        """The key of the label that the typed words mean: the same, its beginning, its number, or very like it. A word that is right
        and not in the label is no slip: "unsafe" is not "safe"."""
        tokens = self.reader.read(text).tokens
        typed = " ".join(token.stem for token in tokens)
        ready = {key: " ".join(self.reader.stems(label)) for key, label in labels.items()}
        if not typed:
            return None
        same = [key for key, label in ready.items() if label == typed]
        starts = [key for key, label in ready.items() if len(typed) > 2 and label.startswith(typed)]
        if same or len(starts) == 1:
            return (same or starts)[0]
        best = process.extractOne(typed, ready, scorer=fuzz.ratio, score_cutoff=SAME_LABEL)
        if best is None or any(self._is_another(token, best[0]) for token in tokens):
            return None
        return best[2]

    def _is_another(self, token: Token, label: str) -> bool:
        """Whether it is a word of its own, with a meaning, that does not stand in the label."""
        meant = not token.repaired and token.stem not in self._fillers and self.reader.speller.knows(token.word)
        return meant and token.stem not in label.split()

    def why(self, text: str, known: Known = NOBODY) -> list[str]:
        """Plain facts behind a decision, for whoever adds phrases."""
        heard = self.hearing(text)
        candidates = self._symptoms.ranked(heard)
        second = guess.better(heard, candidates, self.reader.speller, self._listen)
        heard, candidates = second or (heard, candidates)
        message = whole(heard, candidates)
        rings, likely = self._both(message, known)
        lines = [f"words: {' '.join(f'{t.raw}->{t.word}' if t.repaired else t.word for t in heard.reading.tokens)}"]
        for one in heard.said:
            names = sorted(name for name in one.ids if name != "filler" and name[0] != "=")
            if names:
                said = " ".join(token.word for token in heard.reading.tokens[one.first : one.last + 1])
                lines.append(f"heard: {said} = {', '.join(names)}{in_words(one.state)}")
        for candidate in self._ranked(heard, candidates, likely)[:3]:
            best = f" by '{candidate.matches[0].text}' {candidate.matches[0].score:.1f}" if candidate.matches else ""
            lines.append(f"{candidate.id}: {candidate.score:.1f}{best}")
        lines += ears.told(likely) if likely else ()
        question = self._questions.nearest(heard, likely)
        lines.append(
            f"nearest question: {question.id} {question.share:.2f}, {question.heard:.2f} by the second ear; topics: {[(one.target, one.text) for one in self._topics.found(heard)]}"
        )
        if self._alarms:
            lines += [
                f"alarm {one.ring.id}: {one.ring.rule}{' (denied)' if one.denied else ''}"
                for one in self._alarms.why(heard.reading, known)
            ]
        if likely:
            alarms_heard = self._alarms_in(message, rings, likely, known)
            lines.append(f"alarms in the end: {', '.join(one.id for one in alarms_heard) or 'none'}")
        return lines

    def _complains(self, text: str) -> bool:
        return self._decision(*self.judged(text)) == "sure"

    def point(self, text: str) -> str | None:
        """A point asked for by code, name, characters or pinyin."""
        return self._points.in_text(text)

    def _decision(self, candidates: Sequence[Candidate], confidence: float) -> Decision:
        limits = self._lexicon.thresholds
        heard = confidence >= ears.DISPUTED or any(one.shown >= HEARD_AT_ALL for one in candidates[: ears.SEEN])
        if not heard or candidates[0].score < limits.unsure:
            return "none"
        return "sure" if candidates[0].score >= limits.least and confidence >= limits.sure else "unsure"

    def features(self, text: str, *, judged: bool = True) -> Collection[int]:
        """What the second ear goes by. `judged`: also what the rules make of it, alarms and complaints."""
        heard = self.hearing(text)
        rings, groups = self._rings(heard.reading, NOBODY)
        candidates = self._symptoms.ranked(heard)
        sound = Sound(heard.reading, heard.said, groups)
        return self._features.of(sound._replace(candidates=candidates, rings=rings) if judged else sound)

    def _both(self, part: Part, known: Known) -> tuple[tuple[HeardAlarm, ...], Likely | None]:
        """What the rules ring, and what the message, or a part of it, sounds like."""
        reading, said, candidates = part
        rings, groups = self._rings(reading, known)
        features = self._features.of(Sound(reading, said, groups, candidates, rings)) if self._second else ()
        return rings, self._second.heard(features) if self._second else None

    def _alarms_in(self, message: Part, rings: Sequence[HeardAlarm], likely: Likely, known: Known) -> tuple[HeardAlarm, ...]:
        """The alarms of the whole and of each sentence by itself, so that calm words around it hide none; a ring that is doubted in
        the whole is looked at again in its clause."""
        count = len(message.reading.tokens)
        clear = count <= SHORT and guess.strength(message.candidates) >= CLEAR_COMPLAINT
        heard = ears.alarms_of(rings, likely, self._weight, count, "clear" if clear else "whole")
        if not rings and count < LONG:
            return heard
        found = {ring.id: ring for ring in heard}
        found |= {ring.id: ring for ring in self._by_person(message.reading, rings, known) if ring.id not in found}
        for part in parts_of(message, self._lexicon.scopes.ends) if count >= LONG else ():
            for ring in self._alarms_of_part(part, known):
                found[ring.id] = ring if ring.sure else found.get(ring.id, ring)
        doubted = {ring.id for ring in rings if count >= LONG or self._weight.get(ring.id) == "crisis"} - set(found)
        for part in parts_of(message, None) if doubted else ():
            found |= {ring.id: ring for ring in self._alarms_of_part(part, known) if ring.id in doubted}
        return tuple(found.values())

    def _by_person(self, reading: Reading, rings: Sequence[HeardAlarm], known: Known) -> list[HeardAlarm]:
        """Rings that only what is known of the person makes, as a bumped head on blood thinners: the second ear knows nothing of that,
        and may doubt none. A pregnancy known to all words is another matter: most of what aches then is no alarm."""
        if self._alarms is None or known.tags <= {"pregnant"}:
            return []
        without = {ring.id for ring in self._alarms.heard(reading)}
        return [ring for ring in rings if ring.id not in without]

    def _alarms_of_part(self, part: Part, known: Known) -> tuple[HeardAlarm, ...]:
        rings, likely = self._both(part, known)
        return ears.alarms_of(rings, likely, self._weight, len(part.reading.tokens), "part") if likely else rings

    def _rings(self, reading: Reading, known: Known) -> tuple[tuple[HeardAlarm, ...], AbstractSet[int]]:
        """What the rules ring, and the word groups of the alarms that were said."""
        if self._alarms is None:
            return (), frozenset()
        rings, groups = self._alarms.listened(reading, known)
        return tuple([HeardAlarm(ring.id, ring.sure == "yes", ring.level) for ring in rings]), groups

    def _concepts(self, heard: Hearing, facts: HeardFacts) -> frozenset[str]:
        more = [match.target for match in self._signs.found(heard)] + [PERHAPS_PREGNANT] * facts.perhaps_pregnant
        return (heard.said_ids - self._untold).union(more)

    def _units(self, phrase: str) -> set[str]:
        return units_of(self.hearing(phrase), self._fillers)

    def _plain_units(self, text: str) -> frozenset[str]:
        return frozenset(token.stem for token in self.hearing(text).reading.tokens)


def understanding(words: Words, knowledge: Knowledge) -> Understanding:
    """The index, its memories of the commonest words filled: the first people do not wait for them."""
    index = Understanding(words, knowledge)
    phrases = [phrase for condition in words.conditions.values() for phrase in condition.phrases]
    said = [token.raw for phrase in phrases for token in index.reader.read(phrase).tokens]
    known = list(dict.fromkeys([*said, *index.reader.speller.commonest(COMMON, OWN_COMMON)]))
    for begin in range(0, len(known), AT_ONCE):
        index.learn(known[begin : begin + AT_ONCE])
    for phrase in phrases[::READ_BEFORE]:
        index.meaning(phrase)
    return index


def index_of(knowledge: Knowledge, language: str) -> Understanding:
    return understanding(knowledge.words[language], knowledge)
