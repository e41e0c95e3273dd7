"""Tool count: whether the number of tools is one that an agent can survey. Every answer but one uses the number alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scorer.facts.subject import NO, Answer, does_not_apply

if TYPE_CHECKING:
    from scorer.facts.set_subject import SetSubject


def only_one_tool(subject: SetSubject) -> Answer:
    return _count(subject, 1, 1)


def trivial_tool(subject: SetSubject) -> Answer:
    """The server's one tool is a greeting, an echo or another exercise, judged by its name."""
    if subject.count != 1:
        return does_not_apply("the server has more than one tool")
    return (
        subject.shown_by_names([subject.tools[0].name], "the only tool is an exercise") if subject.is_exercise else NO
    )


def only_two_tools(subject: SetSubject) -> Answer:
    return _count(subject, 2, 2)


def well_sized(subject: SetSubject) -> Answer:
    return _count(subject, 4, 15)


def above_fifteen(subject: SetSubject) -> Answer:
    return _count(subject, 16, 20)


def above_twenty(subject: SetSubject) -> Answer:
    return _count(subject, 21, 30)


def above_thirty(subject: SetSubject) -> Answer:
    return _count(subject, 31, 49)


def fifty_or_more(subject: SetSubject) -> Answer:
    return _count(subject, 50, 199)


def hundreds(subject: SetSubject) -> Answer:
    return _count(subject, 200, None)


def _count(subject: SetSubject, least: int, most: int | None) -> Answer:
    """Whether the number of tools lies between two bounds, both inclusive."""
    if not subject.count:
        return does_not_apply("there are no tools")
    if subject.count < least or (most is not None and subject.count > most):
        return NO
    return Answer(True, detail=f"{subject.count} {'tool' if subject.count == 1 else 'tools'}")


PREFIX = "count"
CHECKS = (
    only_one_tool,
    trivial_tool,
    only_two_tools,
    well_sized,
    above_fifteen,
    above_twenty,
    above_thirty,
    fifty_or_more,
    hundreds,
)
