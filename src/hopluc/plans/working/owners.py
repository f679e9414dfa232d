"""Who answers for a line: kept true whatever becomes of agencies and people.

In this order: whoever answers for it, as long as they hold a post that lets them answer for its holder; the successor named for
it; the contact of its holder; the head there; whoever has been there longest. An active line that finds nobody so goes to a
coordinator of its plan, who stands in until the agency has somebody; a line that nobody had yet waits, *not assigned*.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from hopluc.accounts.rights import RIGHTS
from hopluc.units.holders import Holding, Paths

SCOPE = """
(%(everything)s OR l.id = ANY(%(lines)s::bigint[]) OR l.plan_id = ANY(%(plans)s::bigint[]) OR l.owner_id = ANY(%(users)s::bigint[])
 OR l.successor_id = ANY(%(users)s::bigint[]) OR l.holder_id = ANY(%(agencies)s::bigint[]) OR l.given_to_id = ANY(%(agencies)s::bigint[]))
"""
ONWARD = """
WITH RECURSIVE ahead(id) AS (
    SELECT unnest(%s::bigint[]) UNION
    SELECT s.target_id FROM ahead JOIN units_succession s ON s.source_id = ahead.id
) SELECT id FROM ahead
"""
PEOPLE = """
WITH RECURSIVE
held AS (  -- posts in force of people who can sign in
    SELECT p.id, p.agency_id, p.user_id, p.role, coalesce(p.starts_on, '-infinity') AS since
    FROM accounts_post p JOIN accounts_user u ON u.id = p.user_id AND u.is_active
    WHERE (p.starts_on IS NULL OR p.starts_on <= %(today)s) AND (p.ends_on IS NULL OR p.ends_on >= %(today)s)
),
stands(post_agency, id) AS (  -- where a post at an agency that has ended goes on, as `units.realm` has it
    SELECT DISTINCT agency_id, agency_id FROM held
    UNION
    SELECT stands.post_agency, s.target_id FROM stands
    JOIN units_succession s ON s.source_id = stands.id AND s.field = '' AND s."on" <= %(today)s
    WHERE NOT EXISTS (
        SELECT 1 FROM units_succession o WHERE o.source_id = s.source_id AND o.field = '' AND o.target_id <> s.target_id
    )
),
people AS (  -- who may answer for what an agency holds
    SELECT DISTINCT ON (stands.id, held.user_id) stands.id AS agency_id, held.user_id, held.role <> 'head' AS after, held.since
    FROM held JOIN stands ON stands.post_agency = held.agency_id WHERE held.role = ANY(%(answering)s)
    ORDER BY stands.id, held.user_id, after, held.since
),
first AS (  -- of each agency the head, else whoever has been there longest
    SELECT DISTINCT ON (agency_id) agency_id, user_id FROM people ORDER BY agency_id, after, since, user_id
),
"""
LINES = "scope AS (SELECT l.* FROM plans_line l WHERE l.state <> 'ended' AND " + SCOPE + "),"  # noqa: S608  all our own
COORDINATORS = """
heirs(owner_id, id) AS (  -- agencies that have a plan's owner's work, or a part of it
    SELECT DISTINCT p.owner_id, p.owner_id FROM plans_plan p WHERE p.id IN (SELECT plan_id FROM scope)
    UNION
    SELECT heirs.owner_id, s.target_id FROM heirs
    JOIN units_succession s ON s.source_id = heirs.id AND s.field = '' AND s."on" <= %(today)s
),
coordinating AS (
    SELECT DISTINCT heirs.owner_id, held.user_id, held.since
    FROM heirs JOIN stands ON stands.id = heirs.id JOIN held ON held.agency_id = stands.post_agency
    WHERE held.role = ANY(%(deciding)s)
),
standing_in AS (SELECT DISTINCT ON (owner_id) owner_id, user_id FROM coordinating ORDER BY owner_id, since, user_id),
"""
CHOSEN = """
chosen AS (
    SELECT l.id, l.holder_id, own.user_id AS mine,
        coalesce(own.user_id, next.user_id, contact.user_id, first.user_id) AS person,
        CASE WHEN l.state = 'active' THEN coalesce(same.user_id, standing_in.user_id) END AS other
    FROM scope l JOIN plans_plan p ON p.id = l.plan_id
    LEFT JOIN people own ON own.agency_id = l.holder_id AND own.user_id = l.owner_id
    LEFT JOIN people next ON next.agency_id = l.holder_id AND next.user_id = l.successor_id
    LEFT JOIN plans_contact c ON c.agency_id = l.holder_id
    LEFT JOIN people contact ON contact.agency_id = l.holder_id AND contact.user_id = c.user_id
    LEFT JOIN first ON first.agency_id = l.holder_id
    LEFT JOIN LATERAL (
        SELECT user_id FROM coordinating WHERE coordinating.owner_id = p.owner_id AND coordinating.user_id = l.owner_id LIMIT 1
    ) same ON l.stand_in
    LEFT JOIN standing_in ON standing_in.owner_id = p.owner_id
),
found AS (
    SELECT id, CASE WHEN holder_id IS NULL THEN NULL ELSE coalesce(person, other) END AS owner_id,
        holder_id IS NOT NULL AND person IS NULL AND other IS NOT NULL AS stand_in
    FROM chosen
)
"""
PASS = (
    PEOPLE
    + LINES
    + COORDINATORS
    + CHOSEN
    + """
UPDATE plans_line l SET owner_id = f.owner_id, stand_in = f.stand_in,
    state = CASE WHEN f.owner_id IS NULL THEN 'waiting' ELSE 'active' END,
    successor_id = CASE WHEN l.successor_id = f.owner_id THEN NULL ELSE l.successor_id END
FROM found f WHERE f.id = l.id AND (l.owner_id, l.stand_in, l.state) IS DISTINCT FROM
    (f.owner_id, f.stand_in, CASE WHEN f.owner_id IS NULL THEN 'waiting' ELSE 'active' END)
"""
)
FINDING = """
orphans AS (
    SELECT l.id FROM scope l JOIN plans_plan p ON p.id = l.plan_id JOIN units_agency a ON a.id = l.holder_id
    WHERE l.state = 'active' AND NOT (a.validity @> %(today)s::date AND (
        EXISTS (SELECT 1 FROM people WHERE people.agency_id = l.holder_id AND people.user_id = l.owner_id)
        OR l.stand_in AND EXISTS (
            SELECT 1 FROM coordinating WHERE coordinating.owner_id = p.owner_id AND coordinating.user_id = l.owner_id)))
) SELECT id FROM orphans ORDER BY id
"""
ORPHANS = PEOPLE + LINES + COORDINATORS + FINDING
GIVEN = "SELECT DISTINCT l.given_to_id FROM plans_line l WHERE l.state <> 'ended' AND l.given_to_id IS NOT NULL AND"
STAYED = """
UPDATE plans_line l SET holder_id = l.given_to_id
WHERE l.state <> 'ended' AND l.holder_id IS DISTINCT FROM l.given_to_id AND l.given_to_id = ANY(%(stayed)s::bigint[]) AND
"""
MOVED = """
SELECT l.id, l.given_to_id, l.given_on, l.holder_id, t.text, t.topic FROM plans_line l JOIN plans_task t ON t.id = l.task_id
WHERE l.state <> 'ended' AND l.given_to_id = ANY(%(moved)s::bigint[]) AND
"""
HELD = """
UPDATE plans_line l SET holder_id = m.holder_id,
    state = CASE WHEN m.holder_id IS NULL THEN 'waiting' ELSE l.state END,
    owner_id = CASE WHEN m.holder_id IS NULL THEN NULL ELSE l.owner_id END, stand_in = l.stand_in AND m.holder_id IS NOT NULL
FROM unnest(%s::bigint[], %s::bigint[]) AS m(id, holder_id) WHERE m.id = l.id
"""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which lines to look at: of plans, of agencies that something happened to, of people who came, moved or left."""

    plans: Collection[int] = ()
    lines: Collection[int] = ()
    agencies: Collection[int] = ()
    users: Collection[int] = ()
    everything: bool = False

    def parameters(self, today: date) -> dict[str, Any]:
        return {
            "today": today,
            "everything": self.everything,
            "plans": list(self.plans),
            "lines": list(self.lines),
            "agencies": _onward(self.agencies),
            "users": list(self.users),
            "answering": list(RIGHTS["answer"].roles),
            "deciding": list(RIGHTS["decide"].roles),
        }


def lines_pass(scope: Scope, *, today: date) -> int:
    """Bring holders and owners up to the day; gives how many lines got another owner. Within the caller's transaction."""
    about = scope.parameters(today)
    holders_find(about, today)
    with connection.cursor() as cursor:
        cursor.execute(PASS, about)
        return cursor.rowcount


def lines_orphaned(*, today: date) -> list[int]:
    """Ids of active lines whose holder is gone or whose owner cannot answer for them: where there are any, something is wrong."""
    with connection.cursor() as cursor:
        cursor.execute(ORPHANS, Scope(everything=True).parameters(today))
        return [pk for (pk,) in cursor.fetchall()]


def holders_find(about: dict[str, Any], today: date) -> None:
    """Let each line be with the agency that has the work today of the one that it was given to."""
    given = {pk for (pk,) in _rows(GIVEN + SCOPE, about)}
    if not given:
        return
    paths = Paths(given, on=today)
    moved = {pk for pk in given if paths.moved(pk)}
    with connection.cursor() as cursor:
        cursor.execute(STAYED + SCOPE, {**about, "stayed": list(given - moved)})
        if changed := _moved(paths, {**about, "moved": list(moved)}) if moved else {}:
            cursor.execute(HELD, [list(changed), list(changed.values())])


def _moved(paths: Paths, about: dict[str, Any]) -> dict[int, int | None]:
    """Of the lines whose agency's work is not where it was, those that are not with its holder yet; with that holder."""
    found: dict[int, int | None] = {}
    for pk, given, since, holder, text, topic in _rows(MOVED + SCOPE, about):
        now = holder_of(paths.of(given, text, topic, given=since))
        if now != holder:
            found[pk] = now
    return found


def holder_of(holdings: Collection[Holding]) -> int | None:
    """The one agency that has the work; None where several share it, or nobody has it: somebody has to say who."""
    agencies = {holding.agency.pk for holding in holdings if holding.agency}
    return agencies.pop() if len(agencies) == 1 else None


def _onward(agencies: Collection[int]) -> list[int]:
    """These agencies with all that come after them."""
    if not agencies:
        return []
    with connection.cursor() as cursor:
        cursor.execute(ONWARD, [list(agencies)])
        return [pk for (pk,) in cursor.fetchall()]


def _rows(query: str, about: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, about)
        yield from cursor.fetchall()
