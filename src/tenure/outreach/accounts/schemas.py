"""Channel accounts on the wire; secrets go in and never come out."""

from dataclasses import asdict
from datetime import datetime

from pydantic import BaseModel, Field

from tenure.channels.channel import Finding
from tenure.kit.http import Text
from tenure.outreach.accounts.kinds import KINDS, Kind
from tenure.outreach.accounts.tables import ChannelAccount


class ChannelFact(BaseModel):
    """Something that has to be known of an account."""

    name: str
    label: Text
    secret: bool
    required: bool
    default: str
    choices: list[str]


class ChannelKind(BaseModel):
    """A kind of service that can carry a channel."""

    name: str
    channel: str
    label: Text
    facts: list[ChannelFact]

    @classmethod
    def of(cls, kind: Kind) -> "ChannelKind":
        """Put a kind on the wire."""
        facts = [
            ChannelFact(
                name=fact.name,
                label=Text.of(fact.label),
                secret=fact.secret,
                required=fact.required,
                default=fact.default,
                choices=list(fact.choices),
            )
            for fact in kind.facts
        ]
        return cls(name=kind.name, channel=kind.channel, label=Text.of(kind.label), facts=facts)


class ChannelState(BaseModel):
    """An account without its secrets."""

    channel: str
    kind: str
    label: Text
    facts: dict[str, str]
    enabled: bool
    changed_at: datetime
    changed_by: str

    @classmethod
    def of(cls, row: ChannelAccount) -> "ChannelState":
        """Put an account on the wire."""
        return cls(
            channel=row.channel,
            kind=row.kind,
            label=Text.of(KINDS[row.kind].label),
            facts={name: str(value) for name, value in row.facts.items()},
            enabled=row.enabled,
            changed_at=row.changed_at,
            changed_by=row.changed_by,
        )


class Channels(BaseModel):
    """The accounts there are, and the kinds there could be."""

    items: list[ChannelState]
    kinds: list[ChannelKind]


class ChannelRequest(BaseModel):
    """An account as it is entered; a secret left out stays as it was."""

    kind: str
    facts: dict[str, str] = Field(max_length=20)
    enabled: bool = True


class DnsRecord(BaseModel):
    """A record to publish in the DNS."""

    host: str
    kind: str
    value: str


class PreflightFinding(BaseModel):
    """One thing looked at before mail of a domain is trusted; ``record`` is what to publish."""

    name: str
    ok: bool
    blocks: bool
    found: Text
    remedy: Text | None
    record: DnsRecord | None

    @classmethod
    def of(cls, finding: Finding) -> "PreflightFinding":
        """Put a finding on the wire."""
        return cls(
            name=finding.name,
            ok=finding.ok,
            blocks=finding.blocks,
            found=Text.of(finding.found),
            remedy=None if finding.remedy is None else Text.of(finding.remedy),
            record=None if finding.record is None else DnsRecord(**asdict(finding.record)),
        )


class Preflight(BaseModel):
    """What stands in the way of mail, and what is in order."""

    ready: bool
    findings: list[PreflightFinding]
