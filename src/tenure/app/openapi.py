"""Prints the OpenAPI description without opening a store: ``python -m tenure.app.openapi``."""

import json
import sys

from tenure.app.description import describe
from tenure.app.http import build_app


def main() -> None:
    """Print the description, the same bytes for the same code."""
    json.dump(describe(build_app(None)), sys.stdout, ensure_ascii=False, indent=1, sort_keys=True)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
