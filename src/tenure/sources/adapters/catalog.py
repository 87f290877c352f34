"""Which reader opens which file, told by its first bytes rather than by its name."""

import gzip
import zlib
from pathlib import Path
from typing import BinaryIO

from tenure.kit.i18n import Text
from tenure.sources.adapters.csv_files import open_bytes, read_csv
from tenure.sources.adapters.excel_files import read_excel
from tenure.sources.adapters.json_lines import read_json_lines
from tenure.sources.adapters.parquet_files import read_parquet
from tenure.sources.adapters.sql_database import read_database
from tenure.sources.source import Choices, EmptySource, PasswordProtected, Reading, Unreadable, WrongForm

HEAD = 4096
CHUNK = 1 << 20
LARGEST_UNPACKED = 20 << 30  # a small file may unpack to more than a disk holds
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # also the shell of an encrypted .xlsx
STRANGERS = (
    (b"%PDF", Text("a PDF", "PDF 文件")),
    (b"\x89PNG", Text("a picture", "图片")),
    (b"\xff\xd8\xff", Text("a picture", "图片")),
    (b"Rar!", Text("a RAR archive", "RAR 压缩包")),
    (b"7z\xbc\xaf", Text("a 7z archive", "7z 压缩包")),
    (b"SQLite format 3", Text("an SQLite database", "SQLite 数据库")),
)


class FileReaders:
    """Every reader we have; handed to the rest of the room by the wiring."""

    def read_file(self, path: Path, name: str, choices: Choices) -> Reading:
        """Open a file, whatever its form."""
        if path.stat().st_size == 0:
            raise EmptySource(name)
        head = _head(path, name)
        if not head.strip():
            raise EmptySource(name)
        _refuse_strangers(head, name)
        if head.startswith(b"PAR1"):
            return read_parquet(path, name, choices)
        if head.startswith((b"PK\x03\x04", OLD_OFFICE)):
            return _workbook(path, head, name, choices)
        if head.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"{" or head.lstrip()[:2] == b"[{":
            return read_json_lines(path, name, choices)
        return read_csv(path, name, choices)

    def read_database(self, url: str, query: str) -> Reading:
        """Open a table or a query of a database."""
        return read_database(url, query)


def _head(path: Path, name: str) -> bytes:
    """Return a file's first bytes, having read it to its end to know that it is whole."""
    try:
        with open_bytes(path) as stream:
            head = stream.read(HEAD)
            _measure(stream, name)
            return head
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise Unreadable(
            Text(f"{name} is a compressed file that was cut off or damaged.", f"{name} 是不完整或已损坏的压缩文件。"),
            remedy=Text("Download or compress it again.", "请重新下载或重新压缩。"),
        ) from error


def _measure(stream: BinaryIO, name: str) -> None:
    size = 0
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > LARGEST_UNPACKED:
            raise Unreadable(
                Text(f"{name} is larger than 20 GB when unpacked.", f"{name} 解压后超过 20 GB。"),
                remedy=Text("Split it.", "请拆分文件。"),
            )


def _workbook(path: Path, head: bytes, name: str, choices: Choices) -> Reading:
    if head.startswith(OLD_OFFICE) and "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
        raise PasswordProtected(name)
    return read_excel(path, name, choices)


def _refuse_strangers(head: bytes, name: str) -> None:
    for start, found in STRANGERS:
        if head.startswith(start):
            raise WrongForm(name, found)
    text = head.lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if text.startswith((b"<!doctype", b"<html", b"<table", b"<meta", b"<?xml")):
        raise WrongForm(name, Text("a web page saved under a spreadsheet's name", "以表格文件名保存的网页"))
    if b"\x00" in head and not head.startswith((b"PAR1", b"PK\x03\x04", OLD_OFFICE, b"\xff\xfe", b"\xfe\xff")):
        raise WrongForm(name, Text("a file of unknown kind", "未知类型的文件"))
