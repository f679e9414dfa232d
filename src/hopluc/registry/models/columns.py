"""What keeps dated rows of an organisation honest."""

from __future__ import annotations

from pgtrigger import Before, Insert, Trigger, Update


def one_at_a_time(table: str, *columns: str) -> Trigger:
    """No two rows of an organisation that agree in these columns hold on the same day.

    As sure as an exclusion constraint, because whoever writes holds the organisation's row; that one took four times as long
    for each row (measured with 50,000), and there are six million members. The rows beside are found by a unique index that begins
    with the organisation and these columns.
    """
    same = " AND ".join(f"{column} = NEW.{column}" for column in columns)
    return Trigger(
        name="one_at_a_time",
        when=Before,
        operation=Insert | Update,
        func=f"""
            PERFORM 1 FROM registry_organisation WHERE id = NEW.organisation_id FOR NO KEY UPDATE;
            IF EXISTS (
                SELECT 1 FROM {table} WHERE organisation_id = NEW.organisation_id AND {same}
                AND id <> NEW.id AND validity && NEW.validity
            ) THEN
                RAISE EXCEPTION 'two values on the same day' USING ERRCODE = 'exclusion_violation';
            END IF;
            RETURN NEW;
        """,  # noqa: S608  names of tables and columns are the program's own
    )
