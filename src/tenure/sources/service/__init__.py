"""The verbs of imports: upload, preview, run, undo, list."""

from tenure.sources.intake import Intake
from tenure.sources.plan import Options
from tenure.sources.service.facts import ImportFacts, Preview, ProblemFacts, Request, fields_of
from tenure.sources.service.preview import preview
from tenure.sources.service.reading import bad_rows, listed, read
from tenure.sources.service.run import begin, end_interrupted, import_now, run
from tenure.sources.service.undo import UndoReport, undo
from tenure.sources.service.upload import query_database, upload
from tenure.sources.source import Choices

__all__ = [
    "Choices",
    "ImportFacts",
    "Intake",
    "Options",
    "Preview",
    "ProblemFacts",
    "Request",
    "UndoReport",
    "bad_rows",
    "begin",
    "end_interrupted",
    "fields_of",
    "import_now",
    "listed",
    "preview",
    "query_database",
    "read",
    "run",
    "undo",
    "upload",
]
