"""Where imports happen: the stores and the readers they need, and the folder each import keeps its files in."""

import hashlib
import re
import shutil
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, ClassVar

from tenure.directory.customers.erased.keys import ErasedKeys
from tenure.kit.clock import Clock
from tenure.kit.errors import TenureError
from tenure.kit.i18n import Text
from tenure.sources.repository import Engine
from tenure.sources.source import Readers
from tenure.warehouse.lake import Lake

LARGEST = 2 << 30  # bytes of one file; more belongs in several files or in a database
CHUNK = 1 << 20
ORIGINAL = "original"


@dataclass(frozen=True)
class Intake:
    """Everything an import works with; the wiring makes one of a workspace's stores."""

    folder: Path
    engine: Engine
    lake: Lake
    clock: Clock
    readers: Readers
    erased: ErasedKeys

    def folder_of(self, import_id: str) -> Path:
        """Return the folder of one import."""
        if not re.fullmatch(r"imp_[0-9a-f]+", import_id):
            raise ValueError(import_id)
        return self.folder / "imports" / import_id


class TooLarge(TenureError):
    """The file is larger than we take."""

    status: ClassVar[int] = 413
    code: ClassVar[str] = "file_too_large"
    exit_code: ClassVar[int] = 2


@dataclass(frozen=True)
class Received:
    """A file as it arrived."""

    path: Path
    sha256: str
    size: int


def receive(source: BinaryIO, folder: Path, largest: int = LARGEST) -> Received:
    """Copy a file into an import's folder, counting and hashing as it comes."""
    folder.mkdir(parents=True, mode=0o700, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    path = folder / ORIGINAL
    with path.open("wb") as target:
        while chunk := source.read(CHUNK):
            size += len(chunk)
            if size > largest:
                target.close()
                shutil.rmtree(folder)
                raise TooLarge(
                    Text(f"The file is larger than {largest >> 20} MB.", f"文件超过 {largest >> 20} MB。"),
                    remedy=Text(
                        "Split it, compress it with gzip, or import from the database it came from.",
                        "请拆分文件、用 gzip 压缩，或直接从来源数据库导入。",
                    ),
                )
            digest.update(chunk)
            target.write(chunk)
    return Received(path, digest.hexdigest(), size)


def safe_name(name: str) -> str:
    """Return a file's name without folders, control characters and excess, for showing and nothing else."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    visible = "".join(c for c in last if unicodedata.category(c)[0] != "C").strip(" .")
    return visible[-120:] or "file"
