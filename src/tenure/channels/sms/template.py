"""The approved template a text message is made of, where a provider sends nothing else."""

from dataclasses import dataclass

from tenure.channels.channel import Outgoing


@dataclass(frozen=True, slots=True)
class Template:
    """A template by the code the provider gave it, and what goes into its places, in order."""

    code: str
    parameters: dict[str, str]


def template_of(message: Outgoing) -> Template | None:
    """Return the template a message names in ``extra``: ``template`` and ``parameters``; nothing when it names none."""
    code, parameters = message.extra.get("template"), message.extra.get("parameters", {})
    if not isinstance(code, str) or not code or not isinstance(parameters, dict):
        return None
    return Template(code, {str(name): str(value) for name, value in parameters.items()})
