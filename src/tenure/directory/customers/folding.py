"""The SQL by which a visible record shows what the records merged into it know.

Every change of customers unfolds the records it touches (their columns hold only what they know themselves),
works on plain columns, and folds them again. All of it happens in one transaction, so nobody sees the middle.
"""

PLAIN_FIELDS = {
    "name": "text",
    "email": "text",
    "phone": "text",
    "wecom_id": "text",
    "company": "text",
    "country": "text",
    "region": "text",
    "city": "text",
    "gender": "text",
    "birthday": "date",
    "language": "text",
    "channel": "text",
    "left_at": "timestamptz",
    "left_reason": "text",
}
FIELDS = {**PLAIN_FIELDS, "joined_at": "timestamptz"}

_OWN = ", ".join(f"'{name}', c.{name}" for name in FIELDS)
_FIRST_KNOWN = ", ".join(
    f"(array_agg(h.{name} ORDER BY h.merged_at, h.id) FILTER (WHERE h.{name} IS NOT NULL))[1] AS {name}"
    for name in PLAIN_FIELDS
)
_SHOWN = ", ".join(f"{name} = coalesce(c.{name}, f.{name})" for name in PLAIN_FIELDS)

UNFOLD = f"""
UPDATE customers c SET {", ".join(f"{name} = (own->>'{name}')::{kind}" for name, kind in FIELDS.items())},
       attributes = own->'attributes', aliases = '', own = NULL
WHERE c.own IS NOT NULL AND c.id = ANY(:roots)"""

FOLD = f"""
UPDATE customers c SET own = jsonb_build_object({_OWN}, 'attributes', c.attributes),
       {_SHOWN}, joined_at = least(c.joined_at, f.joined_at),
       attributes = coalesce(a.attributes, '{{}}') || c.attributes, aliases = f.aliases
FROM (SELECT h.merged_into AS root, min(h.joined_at) AS joined_at, {_FIRST_KNOWN},
             left(string_agg(concat_ws(' ', h.id, h.email, h.name, regexp_replace(h.phone, '[^0-9]+', '', 'g')), ' '
                             ORDER BY h.id), 20000) AS aliases
      FROM customers h WHERE h.merged_into = ANY(:roots) GROUP BY 1) f
LEFT JOIN (SELECT h.merged_into AS root,
                  jsonb_object_agg(e.key, e.value ORDER BY h.merged_at DESC, h.id DESC) AS attributes
           FROM customers h CROSS JOIN LATERAL jsonb_each(h.attributes) e
           WHERE h.merged_into = ANY(:roots) GROUP BY 1) a USING (root)
WHERE c.id = f.root AND c.own IS NULL"""
