"""Fitted models as text: exact, readable, without pickle, loadable by later versions.

A document is {"format", "model", "arguments", "learned"}. Arrays are base64 of little-endian bytes, other floats their
shortest exact decimal form. The version of a model is the hash of its document: same data and arguments, same version.
"""

import base64
import hashlib
import json
import math
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tenure.kit.errors import Invalid
from tenure.kit.i18n import Text
from tenure.models.base import Model
from tenure.models.catalog import MODELS, PARTS, name_of

FORMAT = 3  # 2: models of several parts, LightGBM's trees as its text; 3: models inside models, short floats
ARRAYS = {"<f8", "<f4", "<i8", "<i4", "|b1"}
SPECIAL = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None


class UnreadableModel(Invalid):
    """A stored model cannot be read by this version of the program."""

    code = "unreadable_model"


def dump(model: Model) -> str:
    """Return a fitted model as text; the same model always gives the same text."""
    document = {"format": FORMAT, **_pack_model(model)}
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def version(model: Model) -> str:
    """Return the version of a fitted model: twelve digits of the hash of its text."""
    return hashlib.sha256(dump(model).encode()).hexdigest()[:12]


def load(text: str) -> Model:
    """Rebuild a fitted model; arguments a later version has dropped are ignored, new ones take their defaults."""
    try:
        document = json.loads(text)
        if document["format"] > FORMAT:
            raise UnreadableModel(_NEWER.fill(format=document["format"]))
        return _unpack_model(document)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableModel(_BROKEN) from error


def _pack_model(model: Model) -> dict[str, Json]:
    learned = {name: _pack(value) for name, value in vars(model).items() if name.endswith("_")}
    arguments = {name: _pack(value) for name, value in model.get_params(deep=False).items()}
    return {"model": name_of(model), "arguments": arguments, "learned": learned}


def _unpack_model(document: dict[str, Any]) -> Model:
    entry = MODELS[document["model"]]
    known = set(entry.model().get_params(deep=False))
    arguments = {name: _unpack(value) for name, value in document["arguments"].items() if name in known}
    model = entry.model(**arguments)
    for name, value in document["learned"].items():
        setattr(model, name, _unpack(value))
    return model


def _pack(value: object) -> Json:
    if isinstance(value, np.ndarray):
        return _pack_array(value)
    if isinstance(value, np.generic):
        return _pack(value.item())
    if isinstance(value, Model):
        return {"#model": _pack_model(value)}
    if is_dataclass(value) and type(value).__name__ in PARTS:
        return {"#part": type(value).__name__, "fields": {f.name: _pack(getattr(value, f.name)) for f in fields(value)}}
    if isinstance(value, dict):
        return {"#dict": [[_pack(name), _pack(item)] for name, item in value.items()]}
    if isinstance(value, tuple):
        return {"#tuple": [_pack(item) for item in value]}
    if isinstance(value, list):
        return [_pack(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return {"#float": str(value)}
    if value is None or isinstance(value, bool | int | float | str):
        return value
    raise TypeError(f"a model may not carry a {type(value).__name__}")


def _pack_array(array: NDArray[np.generic]) -> Json:
    if array.dtype.kind in "OU":
        return {"#words": [_pack(item) for item in array.tolist()], "kind": array.dtype.kind}
    flat = np.ascontiguousarray(array).astype(array.dtype.newbyteorder("<"), copy=False)
    if flat.dtype.str not in ARRAYS:
        raise TypeError(f"a model may not carry an array of {flat.dtype}")
    return {"#array": flat.dtype.str, "shape": list(array.shape), "bytes": base64.b64encode(flat.tobytes()).decode()}


def _unpack(value: Json) -> object:
    if isinstance(value, list):
        return [_unpack(item) for item in value]
    if not isinstance(value, dict):
        return value
    return next(UNPACK[mark](value) for mark in UNPACK if mark in value)


def _unpack_array(value: dict[str, Json]) -> object:
    kind = str(value["#array"])
    if kind not in ARRAYS:
        raise ValueError(kind)
    shape = tuple(int(str(size)) for size in _items(value["shape"]))
    return np.frombuffer(base64.b64decode(str(value["bytes"])), dtype=kind).reshape(shape).copy()


def _unpack_part(value: dict[str, Json]) -> object:
    part = PARTS[str(value["#part"])]
    stored = value["fields"] if isinstance(value["fields"], dict) else {}
    known = {f.name for f in fields(part)}
    return part(**{name: _unpack(item) for name, item in stored.items() if name in known})


def _unpack_words(value: dict[str, Json]) -> object:
    return np.array(_items(value["#words"]), dtype=object if value["kind"] == "O" else str)


def _unpack_dict(value: dict[str, Json]) -> object:
    return {str(pair[0]): _unpack(pair[1]) for pair in _items(value["#dict"]) if isinstance(pair, list)}


def _fields(value: Json) -> dict[str, Json]:
    if not isinstance(value, dict):
        raise TypeError("named fields were expected")
    return value


def _items(value: Json) -> list[Json]:
    if not isinstance(value, list):
        raise TypeError("a list was expected")
    return value


UNPACK: dict[str, Callable[[dict[str, Json]], object]] = {
    "#array": _unpack_array,
    "#words": _unpack_words,
    "#model": lambda value: _unpack_model(_fields(value["#model"])),
    "#part": _unpack_part,
    "#dict": _unpack_dict,
    "#tuple": lambda value: tuple(_unpack(item) for item in _items(value["#tuple"])),
    "#float": lambda value: SPECIAL[str(value["#float"])],
}

_NEWER = Text(
    "This model was stored by a newer version (format {format}); upgrade Tenure to read it.",
    "该模型由更新的版本保存（格式 {format}），请升级 Tenure 后再读取。",
)
_BROKEN = Text("The stored model is damaged or of a kind unknown here.", "保存的模型已损坏或类型未知。")
