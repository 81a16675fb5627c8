"""Looking around: a point's card and the lessons. A card is screened like everything else."""

from __future__ import annotations

from dataclasses import replace

from bot.catalog.model.lines import Line, Ref
from bot.dialogue.flows.routine import duration, side_words
from bot.dialogue.here import Here, button, column, line, screen_reply
from bot.dialogue.states import AskMatters, AskPregnancy, Learning, PointShown
from bot.dialogue.values import Picture, Pressed, Reply, Step
from bot.safety.profile import checklist_due, pregnancy_now
from bot.safety.screen import LeftOut, Offered, Verdict, screen

AFTER_CARD = column(button("button.tell_me", "tell"), button("button.areas", "areas"))


def show_card(state: PointShown, here: Here) -> tuple[Reply, ...]:
    """The card of a point, or one calm sentence why it is not shown.

    As long as nothing is known about the person, only what is safe for everybody is shown.
    """
    if state.point in here.knowledge.refused:
        lines: tuple[Line, ...] = (line("point.refused", reason=Ref("refused", state.point, "reason")),)
        return (screen_reply(lines, AFTER_CARD),)
    if state.point not in here.knowledge.points:
        return (screen_reply((line("point.unknown"),), AFTER_CARD),)
    verdict, known = _verdict(state, here)
    if isinstance(verdict, LeftOut):
        reasons = tuple(line("point.left_out", reason=reason) for reason in verdict.because)
        ask = () if known else column(button("point.answer_first", "ask"))
        return (screen_reply(reasons, (*ask, *AFTER_CARD)),)
    return (screen_reply(_card(verdict, here), AFTER_CARD, _picture(verdict)),)


def refused(state: PointShown, here: Here) -> bool:
    """Whether the point is kept from this person."""
    return state.point in here.knowledge.points and isinstance(here.offered(state.point, state.case), LeftOut)


def _verdict(state: PointShown, here: Here) -> tuple[Verdict, bool]:
    """What may be shown, and whether enough is known of who is pressed: if not, the stricter of a stranger's answer
    and theirs, for something may have been said in passing."""
    profile, point = here.profile(state.case), here.knowledge.points[state.point]
    own = screen(point, here.looking(state.case), here.knowledge)
    old = checklist_due(profile, here.knowledge.matters, here.today)
    if pregnancy_now(profile, here.today) is not None and not old and profile.age is not None:
        return own, True
    stranger = screen(point, replace(here.looking(state.case), profile=None), here.knowledge)
    if isinstance(stranger, LeftOut) or isinstance(own, LeftOut):
        return stranger if isinstance(stranger, LeftOut) else own, False
    return replace(stranger, sides=own.sides, together=own.together), False


def _picture(offered: Offered) -> Picture:
    return Picture(points=(offered.id,), text=line("point.picture_text", text=offered.words("picture")))


def beginners(name: str) -> Picture:
    """A card for beginners: `measure` or `press`."""
    return Picture(name=name, text=line(f"learn.picture_{name}"))


def _card(offered: Offered, here: Here) -> tuple[Line, ...]:
    point = here.knowledge.points[offered.id]
    press = "point.press_light" if offered.light else f"point.firmness_{point.press.firmness.replace('-', '_')}"
    fields = ("where", "landmark", "widths", "feel", "cant_find", "mistake", "press", "used_for", "caution")
    texts = tuple(line(f"point.{field}", text=offered.words(field)) for field in fields)
    title = line("point.title", code=offered.code, name=offered.words("name"), pinyin=point.pinyin, hanzi=point.hanzi, say=offered.words("say"))
    how_long = line("point.time", time=duration(offered.seconds), side=side_words(offered), firmness=line(press))
    sources = tuple(Ref("source", s, "cite") for s in point.sources if here.knowledge.sources[s].status == "verified")
    checked = line("point.sources", sources=sources) if sources and point.verified else line("point.unverified")
    return (title, *texts, how_long, *offered.because, checked, line("plan.disclaimer"))


def card_pressed(state: PointShown, event: Pressed, here: Here) -> Step[AskPregnancy | AskMatters | PointShown]:
    """On from a card: to what is not known (any more) about the person."""
    if event.action != "ask":
        return Step(state)
    profile, matters = here.profile(state.case), here.knowledge.matters
    if pregnancy_now(profile, here.today) is None:
        return Step(AskPregnancy(state.case))
    return Step(AskMatters(state.case, tuple(known.matter for known in profile.matters if known.matter in matters)))


# ---------------------------------------------------------------- lessons


def show_lesson(state: Learning, here: Here) -> tuple[Reply, ...]:
    """The list of lessons, a step of one, or its quiz."""
    if not state.lesson:
        order = sorted(here.knowledge.lessons.values(), key=lambda lesson: lesson.order)
        each = (button("button.plain", f"lesson:{x.id}", label=Ref("lesson", x.id, "title")) for x in order)
        return (screen_reply((line("learn.choose"),), column(*each, button("button.tell_me", "tell"))),)
    words = here.words.lessons[state.lesson]
    if state.page < len(words.steps):
        title = line("learn.title", title=Ref("lesson", state.lesson, "title"), n=state.page + 1, count=len(words.steps))
        text = line("learn.step", text=Ref("lesson", state.lesson, f"steps.{state.page}"))
        card = here.knowledge.lessons[state.lesson].picture
        return (screen_reply((title, text), column(button("learn.next", "next")), beginners(card) if card else None),)
    if state.page == len(words.steps):
        each = (button("button.plain", f"choose:{n}", label=Ref("lesson", state.lesson, f"choices.{n}.text")) for n in range(len(words.choices)))
        return (screen_reply((line("learn.quiz", question=Ref("lesson", state.lesson, "quiz")),), column(*each)),)
    chosen = min(state.page - len(words.steps) - 1, len(words.choices) - 1)
    right = "learn.right" if words.choices[chosen].right else "learn.not_quite"
    because = Ref("lesson", state.lesson, f"choices.{chosen}.because")
    return (screen_reply((line(right, because=because),), column(button("learn.others", "others"), button("button.tell_me", "tell"))),)


def lesson_pressed(state: Learning, event: Pressed, here: Here) -> Step[Learning]:
    """Through the lessons."""
    action, _, value = event.action.partition(":")
    if action == "lesson" and value in here.knowledge.lessons:
        return Step(Learning(value))
    if action == "next":
        return Step(replace(state, page=state.page + 1))
    if action == "choose" and value.isdecimal() and state.lesson:
        return Step(replace(state, page=len(here.words.lessons[state.lesson].steps) + 1 + int(value)))
    if action == "others":
        return Step(Learning())
    return Step(state)


