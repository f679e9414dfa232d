"""What becomes of lines when a new edition of a plan replaces the one in force.

A task is the same where its words are, the first of some alike as the first of them. A line goes on to the new edition where the
same task is given to the same agency: the row itself moves, with its owner, its transfers, its occurrences and all that was
answered, so that nothing is asked or counted twice. Where the new edition says another time, what nobody touched yet is made
anew; what somebody worked on stays, and where the work is due once, it becomes due on the new day, its first still visible.
Whoever was named to lead a task that the document gives to nobody goes on leading it. All other lines end with the old edition,
and keep what was answered.
"""

from __future__ import annotations

from django.db import connection

from hopluc.plans.models import Plan

PAIRS = """
CREATE TEMPORARY TABLE same_tasks ON COMMIT DROP AS
WITH numbered AS (
    SELECT id, plan_id, text, parent_id, deadline_kind, coalesce(deadline->>'start', '') AS starts,
        coalesce(deadline->>'end', '') AS ends, coalesce(deadline->>'rule', '') AS rule, ends_on,
        row_number() OVER (PARTITION BY plan_id, text ORDER BY position) AS turn
    FROM plans_task WHERE plan_id IN (%(before)s, %(after)s)
)
SELECT o.id AS old, n.id AS new, o.parent_id, n.ends_on, n.deadline_kind IN ('by', 'range') AND n.ends_on IS NOT NULL AS once,
    (o.deadline_kind, o.starts, o.ends, o.rule) IS DISTINCT FROM (n.deadline_kind, n.starts, n.ends, n.rule) AS retimed
FROM numbered o JOIN numbered n ON n.text = o.text AND n.turn = o.turn AND n.plan_id = %(after)s
WHERE o.plan_id = %(before)s
"""
NAMED = """
CREATE TEMPORARY TABLE named_leads ON COMMIT DROP AS
SELECT a.id AS old, p.new AS task_id, a.body_id, a.position FROM same_tasks p
JOIN plans_task t ON t.id = p.old JOIN documents_item i ON i.id = t.item_id AND i.value->'lead' = '[]'::jsonb
JOIN plans_assignment a ON a.task_id = p.old AND a.role = 'lead'
WHERE NOT EXISTS (SELECT 1 FROM plans_assignment n WHERE n.task_id = p.new AND n.role = 'lead')
"""
LEADS = """
INSERT INTO plans_assignment (plan_id, task_id, body_id, role, position)
SELECT %(after)s, task_id, body_id, 'lead', position FROM named_leads
"""
LED_BY = """
INSERT INTO plans_assignee (assignment_id, agency_id)
SELECT a.id, g.agency_id FROM named_leads n JOIN plans_assignee g ON g.assignment_id = n.old
JOIN plans_assignment a ON a.task_id = n.task_id AND a.body_id = n.body_id AND a.role = 'lead'
"""
MOVE = """
UPDATE plans_line l SET plan_id = %(after)s, task_id = p.new
FROM same_tasks p
WHERE l.task_id = p.old AND l.state <> 'ended' AND (
    l.given_to_id IS DISTINCT FROM l.agency_id  -- given to another since: the decision stands
    OR EXISTS (
        SELECT 1 FROM plans_assignment a JOIN plans_assignee g ON g.assignment_id = a.id
        WHERE a.task_id = p.new AND a.role = 'lead' AND g.agency_id = l.agency_id
    )
)
"""
FOLLOW = """
UPDATE plans_occurrence o SET plan_id = l.plan_id FROM plans_line l
WHERE l.id = o.line_id AND l.plan_id = %(after)s AND o.plan_id <> l.plan_id
"""
UNTOUCHED = """
DELETE FROM plans_occurrence o USING plans_line l, same_tasks p
WHERE l.id = o.line_id AND l.task_id = p.new AND p.retimed AND o.state = 'not_started' AND o.due_on = o.first_due_on
  AND NOT EXISTS (SELECT 1 FROM plans_evidence e WHERE e.occurrence_id = o.id)
  AND NOT EXISTS (SELECT 1 FROM plans_note n WHERE n.occurrence_id = o.id)
  AND NOT EXISTS (SELECT 1 FROM plans_request r WHERE r.occurrence_id = o.id)
"""
AGAIN = """
UPDATE plans_line l SET made_until = CASE WHEN p.once AND EXISTS (SELECT 1 FROM plans_occurrence o WHERE o.line_id = l.id)
    THEN '9999-12-31'::date ELSE NULL END
FROM same_tasks p WHERE l.task_id = p.new AND p.retimed
"""
POSTPONED = """
UPDATE plans_occurrence o SET due_on = p.ends_on FROM plans_line l, same_tasks p
WHERE l.id = o.line_id AND l.task_id = p.new AND p.retimed AND p.once AND o.state <> 'confirmed'
"""
CONCERNS = "UPDATE plans_concern c SET task_id = p.new FROM same_tasks p WHERE c.task_id = p.old"
CHILDREN = "UPDATE plans_task t SET parent_id = p.new FROM same_tasks p WHERE t.parent_id = p.old"
PARENTS = (
    "UPDATE plans_task t SET parent_id = p.parent_id FROM same_tasks p WHERE t.id = p.new AND p.parent_id IS NOT NULL"
)
END = "UPDATE plans_line SET state = 'ended' WHERE plan_id = %(before)s AND state <> 'ended'"


def lines_carry(*, before: Plan, after: Plan) -> None:
    """Let the lines of an edition that was replaced go on in the next. Within the caller's transaction."""
    about = {"before": before.pk, "after": after.pk}
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS same_tasks, named_leads")
        for step in (
            PAIRS,
            NAMED,
            LEADS,
            LED_BY,
            MOVE,
            FOLLOW,
            UNTOUCHED,
            AGAIN,
            POSTPONED,
            CONCERNS,
            CHILDREN,
            PARENTS,
            END,
        ):
            cursor.execute(step, about)
