"""The verbs of imports: upload, preview, run, undo, list."""

from tenure.sources.intake import Intake
from tenure.sources.plan import Options
from tenure.sources.service.facts import ImportFacts, Preview, ProblemFacts, Request, fields_of
from tenure.sources.service.forgetting import count_about, forget, nobody_imports, rows_about
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
    "count_about",
    "end_interrupted",
    "fields_of",
    "forget",
    "import_now",
    "listed",
    "nobody_imports",
    "preview",
    "query_database",
    "read",
    "rows_about",
    "run",
    "undo",
    "upload",
]
