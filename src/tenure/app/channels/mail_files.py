"""Mails from files: one by itself, many in an mbox, many in a Maildir."""

import mailbox
from collections.abc import Iterator
from pathlib import Path

from tenure.kit.errors import NotFound
from tenure.kit.i18n import Text

LARGEST = 200_000_000  # bytes of an mbox that are looked at


def mails_of_file(file: Path) -> Iterator[bytes]:
    """Give the mails of an mbox, or the one mail a file holds."""
    if not file.is_file():
        raise NotFound(Text("There is no file {name}.", "没有文件 {name}。").fill(name=file))
    with file.open("rb") as opened:
        first = opened.read(5)
    if first != b"From ":
        with file.open("rb") as opened:
            yield opened.read(LARGEST)
        return
    box = mailbox.mbox(file, create=False)
    try:
        for key in box.iterkeys():
            yield box.get_bytes(key)
    finally:
        box.close()


def mails_of_folder(folder: Path) -> Iterator[bytes]:
    """Give the mails of a Maildir; they stay where they lie."""
    if not (folder / "cur").is_dir():
        raise NotFound(Text("{name} is no Maildir.", "{name} 不是 Maildir。").fill(name=folder))
    box = mailbox.Maildir(folder, create=False)
    for key in sorted(box.keys()):
        yield box.get_bytes(key)
