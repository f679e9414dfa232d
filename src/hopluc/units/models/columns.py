"""What keeps a table of things through time honest."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db.models import BigIntegerField, F, Func, Q, Value
from django.db.models.functions import Coalesce
from pgtrigger import Before, Insert, Trigger, Update


def never_twice(*columns: str, name: str) -> ExclusionConstraint:
    """No two rows that agree in these columns (ids) hold on the same day."""
    same = [(_as_range(column), RangeOperators.OVERLAPS) for column in columns]
    return ExclusionConstraint(name=name, expressions=[*same, ("validity", RangeOperators.OVERLAPS)])


def _as_range(column: str) -> Func:
    """An id as a range of one: PostgreSQL's own index compares ranges, and ids only with an extension."""
    ids = (Coalesce(F(column), Value(0), output_field=BigIntegerField()),) * 2
    return Func(*ids, Value("[]"), function="int8range")


def somewhen(name: str) -> Q:
    """A validity that holds no day at all is a mistake."""
    return ~Q(**{f"{name}__isempty": True})


def forward_only(table: str, *, name: str, partly: str = "false", links: str = "") -> Trigger:
    """A succession leaves what ends on its day and reaches what is in force then: so it has no gap, and no circle.

    Every step leads to something that ends later, or not at all. `partly` is a condition on links that may leave what goes
    on (a field of its work): those of one day in `links` may not come back to where they began.
    """
    circle = f"""
            IF {partly} AND EXISTS (
                WITH RECURSIVE ahead(id) AS (
                    SELECT NEW.target_id
                    UNION SELECT s.target_id FROM {links} s JOIN ahead ON s.source_id = ahead.id WHERE s."on" = NEW."on"
                ) SELECT 1 FROM ahead WHERE id = NEW.source_id
            ) THEN
                RAISE EXCEPTION 'a circle of successions on %', NEW."on" USING ERRCODE = 'check_violation';
            END IF;
    """  # noqa: S608
    return Trigger(
        name=name,
        when=Before,
        operation=Insert | Update,
        func=f"""
            IF NOT EXISTS (
                SELECT 1 FROM {table} WHERE id = NEW.source_id
                AND (upper(validity) = NEW."on" OR {partly} AND validity @> (NEW."on" - 1))
            ) THEN
                RAISE EXCEPTION 'what is succeeded on % does not end then', NEW."on" USING ERRCODE = 'check_violation';
            END IF;
            IF NOT EXISTS (SELECT 1 FROM {table} WHERE id = NEW.target_id AND validity @> NEW."on") THEN
                RAISE EXCEPTION 'the successor is not in force on %', NEW."on" USING ERRCODE = 'check_violation';
            END IF;
            {circle if links else ""}
            RETURN NEW;
        """,  # noqa: S608  the names of tables are the program's own
    )


def lasting(links: str, *, name: str, partly: str = "false") -> Trigger:
    """The validity of what was succeeded, or succeeds, may not move away from the day of the succession."""
    return Trigger(
        name=name,
        when=Before,
        operation=Update,
        func=f"""
            IF NEW.validity IS DISTINCT FROM OLD.validity AND EXISTS (
                SELECT 1 FROM {links} WHERE source_id = NEW.id AND NOT coalesce(upper(NEW.validity) = "on", false)
                AND NOT ({partly} AND NEW.validity @> ("on" - 1))
                OR target_id = NEW.id AND NOT NEW.validity @> "on"
            ) THEN
                RAISE EXCEPTION 'its successions are of other days' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,  # noqa: S608
    )
