"""Who is to act in a block: the bodies that lead (chủ trì) and those that help (phối hợp).

- `Sở A chủ trì, phối hợp với Sở B, Sở C …` → A leads, B and C coordinate
- `Sở A phối hợp với B làm …`, `Giao Sở A …`, `Đề nghị X …`, `Sở A: …`, `do Sở A chủ trì` → A leads
- `A chỉ đạo / hướng dẫn / báo cáo / tham mưu cho B …` → B is neither
- `Chủ trì, phối hợp với B` opening a bullet → B coordinates, and nobody else
- `Đối với các sở, ngành:`, `Phát huy vai trò của X` as headings → they lead what stands below
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from vanban.bodies import mentions
from vanban.bodies.scanner import SURE_BY_GRAMMAR
from vanban.forms import Ending, lowered
from vanban.lexicon import slug, starts_with_verb
from vanban.names import full_name
from vanban.values import Mention, value

# All but the names of bodies is looked for in lower case: a pattern that minds no case takes two to five times as long.
WORD = re.compile(r"\w")
NOTHING = r"[\s,;/–—*\"“”()-]*"
BETWEEN = re.compile(
    rf"{NOTHING}(?:(?:và|hoặc|cùng|cùng với|với|các|là)\s+)?(?:(?:các\s+)?(?:đơn vị|cơ quan|tổ chức|cá nhân|trưởng các ban)(?:\s+(?:cấp tỉnh|của tỉnh|khác|trực thuộc))?{NOTHING}(?:và\s+)?)?(?:các\s+)?{NOTHING}"
)
HELPS = Ending(
    r"(?<!\w)(?:phối\s*hợp(?:\s+(?:thực\s+hiện|chặt\s+chẽ|tốt|thường\s+xuyên|kịp\s+thời|có\s+hiệu\s+quả|hiệu\s+quả|đồng\s+bộ))*\s*,?\s*(?:(?:cùng\s+)?với|cùng)?\s*:?"
    r"|cùng\s+với|(?<=,\s)cùng|với\s+sự\s+(?:tham\s+gia|phối\s+hợp)\s+của|phối\s*hợp[^.;:,]{0,40}?\s+với|(?:đơn\s+vị|cơ\s+quan)\s+phối\s+hợp\s*:)\s*(?:các\s+)?$",
    *("hợp", "hiện", "chẽ", "tốt", "xuyên", "thời", "quả", "bộ", "với", "cùng", "của", "các", ",", ":"),
)
HELPS_TOO = re.compile(r"\s*,?\s*(?:cùng\s+)?phối\s+hợp(?:\s+thực\s+hiện)?\s*(?:[.;,)]|$)")
BETWEEN_THEM = Ending(r"phối\s+hợp[^.;]*(?<!\w)giữa\s*$", "giữa")
AND_THESE = re.compile(r"\s*;\s*(?:và\s+)?(?:các\s+)?")
AND_THEM = re.compile(r"\s*(?:với|và)\s+(?:các\s+)?")
NAMED_TO_LEAD = Ending(
    r"(?:^|[.;:(,]\s*|(?<!\w)(?:và|tỉnh|phố|huyện|xã)\s+)(?:giao(?:\s+(?:nhiệm\s+vụ\s+)?cho)?|đề\s+nghị|phân\s+công|ủy\s+quyền\s+cho|yêu\s+cầu|(?:đơn\s+vị|cơ\s+quan)?\s*chủ\s+trì(?:\s+thực\s+hiện)?\s*:|(?:đơn\s+vị|cơ\s+quan|trách\s+nhiệm)\s+thực\s+hiện\s*:|đơn\s+vị\s+đầu\s+mối\s*:)\s*$",
    *("giao", "cho", "nghị", "công", "cầu", ":"),
)
ASSIGNED = Ending(
    r"(?<!\w)(?:giao|phân\s+công)(?:\s+cho)?\s*$", "giao", "công", "cho"
)  # `Giao Văn phòng UBND tỉnh` by itself
DONE_BY = Ending(r"(?<!\w)do\s*$", "do")
DOES = re.compile(r"\s*(?:chủ\s+trì|thực\s+hiện|làm\s+(?:chủ|đầu)|đảm\s+nhiệm|phụ\s+trách)")
BELONGS = Ending(
    r"(?<!\w)(?:của|cho|với|về|tại|chỉ đạo|hướng dẫn|đôn đốc)\s*$",
    *("của", "cho", "với", "về", "tại", "đạo", "dẫn", "đốc"),
)
CONCERNING = re.compile(r"^\W*(?:đối\s+với|trách\s+nhiệm\s+của|nhiệm\s+vụ\s+của)\s*$")
ROLE_OF = re.compile(
    r"^\W*(?:tiếp\s+tục\s+)?phát\s+huy\s+(?:mạnh\s+mẽ\s+|tốt\s+)?(?:hơn\s+nữa\s+)?vai\s+trò(?:\s*,\s*trách\s+nhiệm)?(?:\s+và\s+trách\s+nhiệm)?\s+của\s*$"
)
CLAUSE_STARTS = Ending(
    r"(?:^|[.;:!?…]\s*|\bthì\s+|[.;]\s*(?:đồng\s+thời|ngoài\s+ra|riêng)\s*,?\s*|^\W*riêng\s+(?:đối\s+với\s+)?)[\s*\"“(–-]*$",
    *(".", ";", ":", "!", "?", "…", ",", "thì", "thời", "ra", "riêng", "với"),
    around='*"“(–-',
)
INTRODUCED = Ending(
    r"(?:^|[.;:]\s*|,\s*(?=trong\s+quá\s+trình|nếu\s))\W*(?:trên\s+cơ\s+sở|căn\s+cứ|theo|hàng\s+năm|hằng\s+năm|hàng\s+quý|hằng\s+quý|hàng\s+tháng|hằng\s+tháng|định\s+kỳ|trong\s+quá\s+trình|trước\s+ngày|khi|sau\s+khi|để|nhằm|"
    r"ngoài\s+ra|bên\s+cạnh\s+đó|trường\s+hợp|nếu|trong\s+năm|từ\s+năm)(?!\w)[^.;]*,\s*$",
    ",",
)
CHAIRS = re.compile(
    r"^[\s,]*(?:(?:là|làm|với\s+vai\s+trò\s+là)\s+)?(?:(?:cơ\s+quan|đơn\s+vị)\s+)?(?:chủ\s+trì|đầu\s+mối|có\s+trách\s+nhiệm|chịu\s+trách\s+nhiệm|chủ\s+động|thường\s+trực\s*[,:]|phụ\s+trách)"
)
ACTS = re.compile(
    r"^[\s,]*(?:chủ\s+trì|phối\s+hợp|có\s+trách\s+nhiệm|căn\s+cứ|theo\s+(?:chức\s+năng|nhiệm\s+vụ)|là\s+(?:cơ\s+quan|đơn\s+vị|đầu\s+mối|tổ\s+chức)|làm|được\s+giao|cần|phải|tự|không|nghiêm\s+túc|trực\s+tiếp|phụ\s+trách|tùy|thường\s+xuyên|định\s+kỳ|hằng|hàng|trên\s+cơ\s+sở)(?!\w)"
)
COMMANDS = re.compile(r"^[\s,]*(?:giao|yêu\s+cầu|đề\s+nghị|phân\s+công)(?!\w)")
COMMANDED = re.compile(
    r"\s*,?\s*(?:(?:giao|phân\s+công|yêu\s+cầu|đề\s+nghị|ủy\s+quyền)(?:\s+(?:nhiệm\s+vụ\s+)?cho)?)\s+(?:các\s+)?"
)
OPENS_CHAIRING = re.compile(
    r"^\W*(?:(?:hàng|hằng)\s+năm\s*,?\s*|đồng\s+thời\s*,?\s*|định\s+kỳ\s*,?\s*)?chủ\s+trì(?!\w)"
)
REST_OF_NAME = re.compile(r"(?:\s+[a-zà-ỹđ]+){1,7}(?=\s*(?:[,;.()\n/]|$))")
LAST_OF_NAME = re.compile(
    r",\s+(?!(?:các|hợp|doanh|người|hộ|liên|quỹ|ủy|hội|phòng|sở|xã|phường|tổ|đơn|địa|cơ)\s)[a-zà-ỹđ]+(?:\s[a-zà-ỹđ]+){1,2}(?=\s*(?:[;()\n]|$))"
)
NO_NAME = re.compile(  # what the body does, or whose it is
    r"\s+(?:chủ trì|phối hợp|thực hiện|tham mưu|theo dõi|và các|có|các|cùng|là|trên|thuộc|trực thuộc|của|tỉnh|huyện|xã|liên quan|được|khác|trong|tại|cấp)(?!\w)"
)
OBJECTS = frozenset({"g:to-chuc-kttt", "g:doanh-nghiep", "g:to-chuc-tin-dung", "g:truong-nghe"})


@value
class Roles:
    """What one block says of who acts; `chairs`: it opens with `Chủ trì` and so names all who help."""

    lead: tuple[Mention, ...] = ()
    coordinate: tuple[Mention, ...] = ()
    chairs: bool = False
    opens: bool = False  # the lead stands at the head of the block

    def __bool__(self) -> bool:
        return bool(self.lead or self.coordinate)


class Cluster(NamedTuple):
    """Bodies listed side by side, with one role; where the first begins and the last ends."""

    bodies: tuple[Mention, ...]
    start: int
    end: int


def find_roles(text: str, *, heading: bool = False, issuer: str = "", own: dict[str, str] | None = None) -> Roles:
    """Who leads and who coordinates by a block's own words (citations blanked out).

    `heading`: blocks stand below, so `Phát huy vai trò của X` hands X down. `issuer`: the key of the body that signs,
    which gives orders and gets none.

    >>> roles = find_roles("Sở Tài chính chủ trì, phối hợp với Sở Nội vụ tham mưu UBND tỉnh bố trí kinh phí")
    >>> [m.key for m in roles.lead], [m.key for m in roles.coordinate]
    (['so-tc'], ['so-nv'])
    """
    lead: list[Mention] = []
    coordinate: list[Mention] = []
    opens = False
    found, lower = mentions(text, own), lowered(text)
    chairs = bool(OPENS_CHAIRING.match(lower))
    if not found:
        return Roles(chairs=chairs)
    groups = clusters(text, found)
    together = _together(lower, groups)
    before: Cluster | None = None  # the last that leads or coordinates
    role = ""
    for last, group in zip((None, *groups), groups, strict=False):
        if group in together:
            role = "coordinate"
        elif before and _goes_on(lower, before, group):
            pass  # its role is that of the bodies before it
        elif last and last.bodies[0].key == issuer and COMMANDED.fullmatch(lower, last.end, group.start):
            role = "lead"
        else:
            role = _role(lower, group, heading=heading, issuer=issuer, led=bool(lead))
        if role == "lead":
            opens = opens or not WORD.search(lower, 0, group.start)
            lead.extend(group.bodies)
        elif role == "coordinate":
            coordinate.extend(group.bodies)
        before = group if role != "object" else None
    keys = {m.key for m in lead}
    helpers = once([m for m in coordinate if m.key not in keys or m.key.startswith("g:")])
    return Roles(once(lead), helpers, chairs, opens)


def listed(text: str, own: dict[str, str] | None = None) -> tuple[Mention, ...]:
    """All bodies of a table cell or of what follows `Đơn vị chủ trì:`, each once."""
    found = mentions(text, own)
    starts = [m.span[0] for m in found]
    return once([_whole(text, m, next((s for s in starts if s >= m.span[1]), len(text))) for m in found])


def _whole(text: str, body: Mention, limit: int) -> Mention:
    """In a list a name goes on to the next mark: `Trường Cán bộ quản lý nông nghiệp và môi trường`."""
    if body.sure > SURE_BY_GRAMMAR:
        return body
    rest = REST_OF_NAME.match(text, body.span[1], limit) or LAST_OF_NAME.match(text, body.span[1], limit)
    if not rest or NO_NAME.match(rest[0]):
        return body
    span = body.span[0], rest.end()
    name = full_name(text[slice(*span)])
    return replace(body, key=slug(name), name=name, raw=text[slice(*span)], span=span)


def once(bodies: Sequence[Mention]) -> tuple[Mention, ...]:
    """Each body where it is first named."""
    if len(bodies) < 2:
        return tuple(bodies)
    return tuple({m.key: m for m in reversed(bodies)}.values())[::-1]


def clusters(text: str, found: list[Mention]) -> list[Cluster]:
    """Bodies with nothing but commas, `và` and the like between them belong together."""
    if not found:
        return []
    lower, out, end = lowered(text), [found[:1]], found[0].span[1]
    lead_in = text.rstrip(" *").endswith(":")
    for body in found[1:]:
        between = lower[end : body.span[0]]
        apart = between.endswith("(") and _acts(lower[body.span[1] :])  # `của Sở (Văn phòng Sở chủ trì)`
        if not apart and (lead_in or ";" not in between) and BETWEEN.fullmatch(between) and "với" not in between:
            out[-1].append(body)
        else:
            out.append([body])
        end = body.span[1]
    return [Cluster(tuple(group), group[0].span[0], group[-1].span[1]) for group in out]


def _together(lower: str, groups: list[Cluster]) -> list[Cluster]:
    """`chương trình phối hợp giữa A với B`: both of them."""
    found: list[Cluster] = []
    if len(groups) < 2 or "giữa" not in lower:
        return found
    for one, other in pairwise(groups):
        if BETWEEN_THEM.search(lower[: one.start]) and AND_THEM.fullmatch(lower, one.end, other.start):
            found += [one, other]
    return found


def _goes_on(lower: str, before: Cluster, group: Cluster) -> bool:
    """`phối hợp với Sở A; Sở B và các đơn vị liên quan`: one list, though a semicolon divides it."""
    return bool(AND_THESE.fullmatch(lower, before.end, group.start))


def _role(lower: str, group: Cluster, *, heading: bool, issuer: str, led: bool) -> str:
    left, right = lower[: group.start], lower[group.end :]
    near = left[-160:]
    alone = group.bodies[0]
    if HELPS.search(near) or (led and HELPS_TOO.match(right)):
        return "coordinate"
    if (
        alone.key == issuer
        and not ASSIGNED.search(near)
        and (COMMANDS.match(right) or (WORD.search(left) and not CHAIRS.match(right)))
    ):
        return "object"
    if CONCERNING.match(left):
        return "lead" if not re.match(r"\s*[^\s.:,;(]", right) or right.lstrip().startswith(":") else "object"
    if ROLE_OF.match(left):
        return "lead" if heading else "object"
    objects = all(m.key in OBJECTS or m.key.startswith("hop-tac-xa-") for m in group.bodies)
    if not WORD.search(left):
        return "lead" if not objects or _acts(right) or not WORD.search(right) else "object"
    if NAMED_TO_LEAD.search(near):
        return "object" if led and near.rstrip().endswith("cầu") else "lead"
    if DONE_BY.search(near):
        return "lead" if DOES.match(right) else "object"
    if CHAIRS.match(right) and not BELONGS.search(near):
        return "lead"
    if objects:
        return "object"
    if CLAUSE_STARTS.search(near) or near.endswith("(") or _introduced(left):
        return "lead" if _acts(right) else "object"
    return "object"


def _introduced(left: str) -> bool:
    """Only an adverbial stands before: `Trên cơ sở …,` and no order of its own."""
    m = INTRODUCED.search(left)
    return m is not None and not any(starts_with_verb(part) for part in m[0].split(",")[1:])


def _acts(right: str) -> bool:
    return bool(ACTS.match(right)) or starts_with_verb(right.lstrip(" ,"))
