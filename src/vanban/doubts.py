"""Why a person should look at a task, target or duty before it is kept: reasons as data, each with its field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from vanban import english, wording
from vanban.messages import remark
from vanban.values import Duty, Notice, Target, Task
from vanban.wording import DOUBTFUL, TOLD, capital

Language = Literal["vi", "en"]

REMARKS = {"vi": remark, "en": english.remark}
FIELDS = {"vi": wording.FIELDS, "en": english.FIELDS}
UNSURE = {"vi": "Chưa chắc về %s.", "en": "Not certain about %s."}
TARGET = {
    "vi": "Chưa chắc con số này là chỉ tiêu phải đạt.",
    "en": "It is not certain that this figure is a target to be met.",
}
DUTY = {
    "vi": {
        "to": "Không nêu nơi nhận báo cáo.",
        "frequency": "Không nêu kỳ báo cáo.",
        "duty": "Chưa chắc đây là chế độ báo cáo.",
    },
    "en": {
        "to": "It does not say to whom to report.",
        "frequency": "It does not say how often to report.",
        "duty": "It is not certain that this is a duty to report.",
    },
}


class Reason(NamedTuple):
    """A doubt: the field that it is about, by its name in the contract, and one sentence.

    `task`, `target` and `duty` stand for the whole, where the doubt is whether it is one.
    """

    field: str
    sentence: str


def reasons(value: Task | Target | Duty, language: Language = "vi") -> list[Reason]:
    """Every reason for doubt, none said twice; empty where the reader is sure.

    What is sure is not less than `wording.DOUBTFUL`. A field that a notice tells of is not called uncertain again.

    >>> reasons(Target("II", (0, 0), "số hợp tác xã", "", "=", "", confidence=0.6), "en")[0].field
    'target'
    """
    match value:
        case Task():
            found = _of_task(value, language)
        case Target():
            found = iter((Reason("target", TARGET[language]),) if value.confidence < DOUBTFUL else ())
        case Duty():
            found = _of_duty(value, language)
    return list(dict.fromkeys(found))


def _of_task(task: Task, language: Language) -> Iterator[Reason]:
    told = set()
    for notice in task.notices:
        field = _field(notice, task)
        told.add(field)
        yield Reason(field, f"{capital(REMARKS[language](notice))}.")
    for field, sure in task.confidence.items():
        if sure < DOUBTFUL and field not in told:
            yield Reason(field, UNSURE[language] % FIELDS[language].get(field, field))


def _field(notice: Notice, task: Task) -> str:
    """What a notice is about; a body's name is doubted where it stands."""
    at_place = (field for field, spans in task.spans.items() if notice.span in spans)
    return TOLD.get(notice.code) or next(at_place, "text")


def _of_duty(duty: Duty, language: Language) -> Iterator[Reason]:
    if duty.confidence >= DOUBTFUL:
        return
    missing = [field for field, said in (("to", duty.to), ("frequency", duty.frequency)) if not said]
    for field in missing or ["duty"]:
        yield Reason(field, DUTY[language][field])
