"""Every query of colleagues, their contacts and tags."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import text

from tenure.channels.wecom.groups import Relation
from tenure.kit.db import Session

_PUT_RELATIONS = text("""
    INSERT INTO wecom_relations (contact, colleague, remark, tags, added_at, synced_at)
    SELECT contact, :colleague, remark, tags, coalesce(added_at, CAST(:now AS timestamptz)), CAST(:now AS timestamptz)
    FROM unnest(CAST(:contacts AS text[]), CAST(:remarks AS text[]), CAST(:tags AS jsonb[]), CAST(:added AS timestamptz[]))
         AS new(contact, remark, tags, added_at)
    ON CONFLICT (contact, colleague) DO UPDATE
    SET remark = excluded.remark, tags = excluded.tags, synced_at = excluded.synced_at,
        added_at = least(wecom_relations.added_at, excluded.added_at), left_at = NULL, left_by = NULL
    WHERE wecom_relations.left_at IS NULL OR wecom_relations.left_at < excluded.synced_at""")

_END_MISSING = text("""
    UPDATE wecom_relations SET left_at = :now
    WHERE colleague = :colleague AND left_at IS NULL AND synced_at < :now AND NOT contact = ANY(CAST(:contacts AS text[]))""")


def put_colleagues(session: Session, userids: Sequence[str], now: datetime) -> None:
    """Keep the colleagues WeCom names; who is no longer named is gone."""
    session.execute(
        text("""INSERT INTO wecom_colleagues (userid, synced_at) SELECT userid, :now FROM unnest(CAST(:ids AS text[])) AS new(userid)
                ON CONFLICT (userid) DO UPDATE SET synced_at = excluded.synced_at, gone_at = NULL"""),
        {"ids": list(userids), "now": now},
    )
    session.execute(
        text(
            "UPDATE wecom_colleagues SET gone_at = :now WHERE gone_at IS NULL AND NOT userid = ANY(CAST(:ids AS text[]))"
        ),
        {"ids": list(userids), "now": now},
    )


def put_tags(session: Session, tags: Sequence[tuple[str, str, str]], now: datetime) -> None:
    """Keep the tags WeCom has, and no others."""
    session.execute(
        text("""INSERT INTO wecom_tags (id, name, in_group, synced_at)
                SELECT id, name, in_group, :now
                FROM unnest(CAST(:ids AS text[]), CAST(:names AS text[]), CAST(:groups AS text[])) AS new(id, name, in_group)
                ON CONFLICT (id) DO UPDATE SET name = excluded.name, in_group = excluded.in_group, synced_at = excluded.synced_at"""),
        {
            "ids": [one[0] for one in tags],
            "names": [one[1] for one in tags],
            "groups": [one[2] for one in tags],
            "now": now,
        },
    )
    session.execute(text("DELETE FROM wecom_tags WHERE synced_at < :now"), {"now": now})


def put_relations(session: Session, colleague: str, found: Sequence[Relation], now: datetime) -> int:
    """Keep a colleague's customers as they were read; returns how many that we knew are no longer there.

    Who ended such a relation is not said by a reading, so nobody's consent changes by it.
    """
    values = {
        "colleague": colleague,
        "contacts": [one.contact for one in found],
        "remarks": [one.remark for one in found],
        "tags": [json.dumps(list(one.tags)) for one in found],
        "added": [one.added_at for one in found],
        "now": now,
    }
    session.execute(_PUT_RELATIONS, values)
    ended = session.execute(_END_MISSING, {"colleague": colleague, "contacts": values["contacts"], "now": now})
    return int(ended.rowcount)  # type: ignore[attr-defined]


def join(session: Session, contact: str, colleague: str, at: datetime, now: datetime) -> None:
    """Write down that a colleague has a customer since a moment; an older departure no longer holds."""
    session.execute(
        text("""
            INSERT INTO wecom_relations (contact, colleague, added_at, synced_at) VALUES (:contact, :colleague, :at, :now)
            ON CONFLICT (contact, colleague) DO UPDATE SET added_at = excluded.added_at, left_at = NULL, left_by = NULL
            WHERE wecom_relations.left_at <= excluded.added_at"""),
        {"contact": contact, "colleague": colleague, "at": at, "now": now},
    )


def leave(session: Session, contact: str, colleague: str, by: str, at: datetime) -> None:
    """Write down who ended a relation and when, also before its beginning was heard of; one that began since then holds."""
    session.execute(
        text("""
            INSERT INTO wecom_relations (contact, colleague, added_at, synced_at, left_at, left_by)
            VALUES (:contact, :colleague, :at, :at, :at, :by)
            ON CONFLICT (contact, colleague) DO UPDATE SET left_at = excluded.left_at, left_by = excluded.left_by
            WHERE wecom_relations.added_at <= excluded.left_at"""),
        {"contact": contact, "colleague": colleague, "by": by, "at": at},
    )


def talked(session: Session, colleague: str, spoken: Mapping[str, datetime]) -> None:
    """Write down when a colleague last spoke to customers."""
    session.execute(
        text("""
            UPDATE wecom_relations SET talked_at = greatest(coalesce(talked_at, new.at), new.at)
            FROM unnest(CAST(:contacts AS text[]), CAST(:ats AS timestamptz[])) AS new(contact, at)
            WHERE wecom_relations.contact = new.contact AND colleague = :colleague"""),
        {"contacts": list(spoken), "ats": list(spoken.values()), "colleague": colleague},
    )


def name_member(session: Session, userid: str, member_id: str | None) -> bool:
    """Say which member a colleague is; returns whether the colleague is known."""
    changed = session.execute(
        text("UPDATE wecom_colleagues SET member_id = :member WHERE userid = :userid RETURNING userid"),
        {"member": member_id, "userid": userid},
    )
    return changed.scalar() is not None
