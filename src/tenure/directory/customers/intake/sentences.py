"""The SQL of intake, sentence by sentence; see ``repository`` for the story they tell."""

from tenure.directory.customers.folding import FIELDS

_TEXTS = [name for name, kind in FIELDS.items() if kind == "text"]
_ALL = [*FIELDS, "attributes"]
_LIST = ", ".join(_ALL)

# A number is a number when every digit group says so; anything else stays text.
_NUMBER = r"'^-?[0-9]{1,15}(\.[0-9]{1,10})?$'"
_DATE = r"'^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$'"
MOST_CHOICES = 20  # an attribute with more different values than this is free text

INCOMING_TABLES = """
DROP TABLE IF EXISTS pg_temp.incoming_rows, pg_temp.incoming_tags, pg_temp.incoming;
CREATE TEMP TABLE incoming_tags (customer_id text, name text, value text) ON COMMIT DROP"""

# Telephone numbers as E.164 where that needs no guessing: written internationally, or a Chinese mobile number.
_DIGITS = "regexp_replace(phone, '[^0-9]+', '', 'g')"
NORMALISED_PHONE = rf"""CASE
    WHEN btrim(phone) ~ '^(\+|00)' THEN '+' || regexp_replace({_DIGITS}, '^00', '')
    WHEN {_DIGITS} ~ '^1[3-9][0-9]{{9}}$' THEN '+86' || {_DIGITS}
    WHEN {_DIGITS} ~ '^861[3-9][0-9]{{9}}$' THEN '+' || {_DIGITS}
    ELSE btrim(phone) END"""

_TRIMMED = ", ".join(f"{name} = nullif(btrim({name}), '')" for name in _TEXTS if name not in ("email", "phone"))
NORMALISE = f"""
UPDATE incoming_rows SET {_TRIMMED},
       email = nullif(lower(btrim(email)), ''), phone = nullif({NORMALISED_PHONE}, '')
WHERE coalesce({", ".join(_TEXTS)}) IS NOT NULL"""

REGISTER_ATTRIBUTES = f"""
INSERT INTO attribute_definitions (name, label_en, label_zh, type, choices, created_at)
SELECT name, name, name,
       CASE WHEN bool_and(value ~ {_NUMBER}) THEN 'number' WHEN bool_and(value ~ {_DATE}) THEN 'date'
            WHEN count(DISTINCT value) <= {MOST_CHOICES} AND count(*) > count(DISTINCT value) THEN 'choice'
            ELSE 'text' END,
       '[]', :now
FROM incoming_tags WHERE btrim(value) <> '' AND btrim(name) <> '' GROUP BY name
ON CONFLICT (name) DO NOTHING"""

EXTEND_CHOICES = """
UPDATE attribute_definitions d SET choices = seen.choices
FROM (SELECT d.name, jsonb_agg(DISTINCT v.choice) AS choices
      FROM attribute_definitions d JOIN incoming_tags t ON t.name = d.name AND btrim(t.value) <> ''
      CROSS JOIN LATERAL (SELECT t.value AS choice UNION SELECT jsonb_array_elements_text(d.choices)) v
      WHERE d.type = 'choice' GROUP BY d.name) seen
WHERE d.name = seen.name AND d.choices <> seen.choices"""

GATHER_ATTRIBUTES = f"""
UPDATE incoming_rows r SET attributes = t.attributes
FROM (SELECT t.customer_id, jsonb_object_agg(t.name,
             CASE WHEN d.type = 'number' AND t.value ~ {_NUMBER} THEN to_jsonb(t.value::numeric)
                  ELSE to_jsonb(t.value) END) AS attributes
      FROM incoming_tags t JOIN attribute_definitions d ON d.name = t.name
      WHERE btrim(t.value) <> '' GROUP BY t.customer_id) t
WHERE r.customer_id = t.customer_id"""

INCOMING_ROOTS = """
SELECT DISTINCT coalesce(c.merged_into, c.id) FROM incoming_rows i JOIN customers c ON c.id = i.customer_id
WHERE c.own IS NOT NULL OR c.merged_into IS NOT NULL"""

IMPORTED_ROOTS = """
SELECT DISTINCT coalesce(c.merged_into, c.id) FROM customer_imports i JOIN customers c ON c.id = i.customer_id
WHERE i.import_id = :import_id AND (c.own IS NOT NULL OR c.merged_into IS NOT NULL)"""


def merge_incoming(fill_only: bool) -> str:
    """Return the SQL that works out, for every incoming customer, what it will be and how that differs."""
    first, second = ("c", "i") if fill_only else ("i", "c")
    merged = ", ".join(f"coalesce({first}.{name}, {second}.{name}) AS {name}" for name in FIELDS)
    tags = f"coalesce({second}.attributes, '{{}}') || coalesce({first}.attributes, '{{}}')"
    old = ", ".join(f"c.{name}" for name in _ALL)
    now = ", ".join(f"m.{name}" for name in _ALL)
    return f"""
CREATE TEMP TABLE incoming ON COMMIT DROP AS
SELECT i.customer_id AS id, c.id IS NULL AS fresh, m.*,
       c.id IS NOT NULL AND row({old}) IS DISTINCT FROM row({now}) AS changed
FROM (SELECT DISTINCT ON (customer_id) * FROM incoming_rows WHERE customer_id IS NOT NULL
      ORDER BY customer_id, line DESC) i
LEFT JOIN customers c ON c.id = i.customer_id
CROSS JOIN LATERAL (SELECT {merged}, {tags} AS attributes) m"""


_OLD = ", ".join(f"'{name}', c.{name}" for name in FIELDS)
_NEW = ", ".join(f"'{name}', i.{name}" for name in FIELDS)
_DIFFERING = """(SELECT jsonb_object_agg(n.key, {side}.value) FROM jsonb_each({new}) n
    LEFT JOIN jsonb_each({old}) o ON o.key = n.key WHERE n.value IS DISTINCT FROM o.value)"""


def _changes(side: str) -> str:
    """Return SQL for the fields and attributes that change, with their values on one side of the change."""
    fields = _DIFFERING.format(side=side, new=f"jsonb_build_object({_NEW})", old=f"jsonb_build_object({_OLD})")
    tags = _DIFFERING.format(side=side, new="i.attributes", old="c.attributes")
    return f"jsonb_build_object('fields', coalesce({fields}, '{{}}'), 'attributes', coalesce({tags}, '{{}}'))"


WRITE_DOWN = f"""
WITH changes AS (
    INSERT INTO customer_imports (import_id, customer_id, inserted, before, after)
    SELECT :import_id, i.id, false, {_changes("o")}, {_changes("n")}
    FROM incoming i JOIN customers c ON c.id = i.id WHERE i.changed
    ON CONFLICT (import_id, customer_id) DO UPDATE SET
        before = jsonb_build_object(
            'fields', excluded.before->'fields' || coalesce(customer_imports.before->'fields', '{{}}'),
            'attributes', excluded.before->'attributes' || coalesce(customer_imports.before->'attributes', '{{}}')),
        after = jsonb_build_object(
            'fields', coalesce(customer_imports.after->'fields', '{{}}') || (excluded.after->'fields'),
            'attributes', coalesce(customer_imports.after->'attributes', '{{}}') || (excluded.after->'attributes'))
    WHERE NOT customer_imports.inserted
), mentions AS (
    INSERT INTO customer_imports (import_id, customer_id, inserted)
    SELECT :import_id, i.id, false FROM incoming i WHERE NOT i.fresh AND NOT i.changed ON CONFLICT DO NOTHING
)
SELECT count(*) FILTER (WHERE fresh) AS inserted, count(*) FILTER (WHERE changed) AS updated,
       count(*) FILTER (WHERE NOT fresh AND NOT changed) AS unchanged FROM incoming"""

UPDATE_KNOWN = f"""
UPDATE customers c SET {", ".join(f"{name} = i.{name}" for name in _ALL)}, updated_at = :now
FROM incoming i WHERE i.changed AND c.id = i.id"""

INSERT_NEW = f"""
WITH added AS (
    INSERT INTO customers (id, {_LIST}, source, created_at, updated_at)
    SELECT id, {_LIST}, :source, :now, :now FROM incoming WHERE fresh RETURNING id
)
INSERT INTO customer_imports (import_id, customer_id, inserted) SELECT :import_id, id, true FROM added
ON CONFLICT (import_id, customer_id) DO UPDATE SET inserted = true, before = NULL, after = NULL"""

GIVE_SUMMARIES = """
INSERT INTO customer_summaries (customer_id) SELECT id FROM incoming WHERE fresh ON CONFLICT DO NOTHING"""

GIVE_IDENTIFIERS = """
INSERT INTO customer_identifiers (customer_id, kind, value, source, import_id, created_at)
SELECT i.id, v.kind, v.value, :source, :import_id, :now FROM incoming i
CROSS JOIN LATERAL (VALUES ('email', i.email), ('phone', i.phone), ('wecom', i.wecom_id)) v (kind, value)
WHERE v.value IS NOT NULL AND (i.fresh OR i.changed) ON CONFLICT DO NOTHING"""

_RESTORED = ", ".join(
    f"{name} = CASE WHEN h.after->'fields' ? '{name}' "
    f"AND c.{name} IS NOT DISTINCT FROM (h.after->'fields'->>'{name}')::{kind} "
    f"THEN (h.before->'fields'->>'{name}')::{kind} ELSE c.{name} END"
    for name, kind in FIELDS.items()
)

RESTORE_CHANGED = f"""
WITH restored AS (
    UPDATE customers c SET {_RESTORED},
        attributes = (
            SELECT coalesce(jsonb_object_agg(key, value), '{{}}') FROM (
                SELECT e.key, CASE WHEN h.after->'attributes'->e.key = e.value
                                   THEN nullif(h.before->'attributes'->e.key, 'null') ELSE e.value END AS value
                FROM jsonb_each(c.attributes) e) kept
            WHERE value IS NOT NULL)
    FROM customer_imports h WHERE h.import_id = :import_id AND h.customer_id = c.id AND h.after IS NOT NULL
    RETURNING c.id
)
SELECT count(*) FROM restored"""

DROP_IDENTIFIERS = "DELETE FROM customer_identifiers WHERE import_id = :import_id"
# The words of an import that is undone are taken back, not deleted; what was said before them counts again.
DROP_CONSENTS = (
    """
INSERT INTO consent_records (customer_id, purpose, channel, state, basis, at, recorded_at, source, import_id)
SELECT customer_id, purpose, channel, 'retracted', basis, at, clock_timestamp(), 'undo', import_id
FROM consent_records WHERE import_id = :import_id AND state <> 'retracted'""",
    "DELETE FROM consents WHERE import_id = :import_id",
    """
INSERT INTO consents (customer_id, purpose, channel, state, at, source, import_id, basis, wording)
SELECT DISTINCT ON (r.customer_id, r.purpose, r.channel)
       r.customer_id, r.purpose, r.channel, r.state, r.at, r.source, r.import_id, r.basis, r.wording
FROM consent_records mine JOIN consent_records r USING (customer_id, purpose, channel)
WHERE mine.import_id = :import_id AND mine.state = 'retracted' AND r.state <> 'retracted'
  AND NOT EXISTS (SELECT FROM consent_records t WHERE t.state = 'retracted' AND t.import_id = r.import_id)
ORDER BY r.customer_id, r.purpose, r.channel, r.at DESC, (r.state = 'granted'), r.id DESC
ON CONFLICT (customer_id, purpose, channel) DO NOTHING""",
)

HAND_OVER_TO_LATER_IMPORTS = """
UPDATE customer_imports later SET inserted = true, before = NULL, after = NULL
FROM customer_imports mine
WHERE mine.import_id = :import_id AND mine.inserted AND later.customer_id = mine.customer_id
  AND later.import_id = (SELECT min(o.import_id) FROM customer_imports o
                         WHERE o.customer_id = mine.customer_id AND o.import_id <> :import_id)"""

KEPT_CUSTOMERS = """
DROP TABLE IF EXISTS pg_temp.kept_customers;
CREATE TEMP TABLE kept_customers (customer_id text) ON COMMIT DROP"""

REMOVE_BROUGHT = """
WITH gone AS (
    DELETE FROM customers c USING customer_imports mine
    WHERE mine.import_id = :import_id AND mine.inserted AND c.id = mine.customer_id AND c.merged_into IS NULL
      AND NOT EXISTS (SELECT FROM customer_imports o WHERE o.customer_id = c.id AND o.import_id <> :import_id)
      AND NOT EXISTS (SELECT FROM kept_customers k WHERE k.customer_id = c.id)
      AND NOT EXISTS (SELECT FROM customer_merges m WHERE m.kept_id = c.id AND m.undone_at IS NULL)
    RETURNING c.id
), unsummed AS (DELETE FROM customer_summaries s USING gone WHERE s.customer_id = gone.id)
SELECT count(*) FROM gone"""

FORGET_IMPORT = "DELETE FROM customer_imports WHERE import_id = :import_id"

INCOMING_CONSENTS = """
DROP TABLE IF EXISTS pg_temp.incoming_consents;
CREATE TEMP TABLE incoming_consents (customer_id text, purpose text, channel text, state text, at timestamptz,
                                     "row" bigint)
ON COMMIT DROP"""

TAKE_CONSENTS = """
INSERT INTO consent_records (customer_id, purpose, channel, state, basis, at, recorded_at, source, import_id, proof)
SELECT DISTINCT ON (i.customer_id, i.purpose, i.channel)
       i.customer_id, i.purpose, i.channel, i.state, :basis, i.at, clock_timestamp(), :source, :import_id,
       CAST(:proof AS jsonb) || jsonb_strip_nulls(jsonb_build_object('row', i."row"))
FROM incoming_consents i JOIN customers c ON c.id = i.customer_id
WHERE NOT EXISTS (SELECT FROM consents known
                  WHERE known.customer_id = i.customer_id AND known.purpose = i.purpose AND known.channel = i.channel
                    AND (known.state = i.state OR known.at >= i.at
                         OR (i.state = 'pending' AND known.state = 'granted')))
ORDER BY i.customer_id, i.purpose, i.channel, i.at DESC
RETURNING customer_id"""
