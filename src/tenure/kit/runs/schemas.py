"""Runs on the wire."""

from pydantic import BaseModel


class RunStarted(BaseModel):
    """A piece of long work has begun; follow it under /runs."""

    run_id: str
