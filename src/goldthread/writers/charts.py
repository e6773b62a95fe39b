"""Charts as SVG and PNG, drawn by Vega-Lite in this process and kept by the digest of the chart."""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from html import escape
from importlib.metadata import version
from pathlib import Path
from typing import Any

import vl_convert

from goldthread.home import data_folder
from goldthread.writers.files import write_whole

VEGA_LITE = "6.4"
LOOK = "1"
"""Raise it when the finishing below changes, so that no kept picture is used again."""
KEPT = 400
"""Pictures kept in memory: about 10 MB of SVG."""

_kept: OrderedDict[str, bytes] = OrderedDict()
_lock = threading.Lock()


def svg(spec: dict[str, Any]) -> str:
    """The chart as one `<svg>` element that grows with its container, with title and description
    for people who do not see it, and without any outside reference."""
    key = digest(spec)
    return _once(f"{key}.svg", lambda: _finished(_draw_svg(spec), spec, key).encode()).decode()


def png(spec: dict[str, Any], scale: float = 2) -> bytes:
    """The chart as PNG, `scale` times its size in pixels."""
    name = f"{digest(spec)}@{scale:g}.png"
    return _once(name, lambda: vl_convert.vegalite_to_png(spec, vl_version=VEGA_LITE, scale=scale))


def digest(spec: dict[str, Any]) -> str:
    """Sixteen hex digits that name the chart as it will be drawn."""
    text = json.dumps(spec, sort_keys=True, ensure_ascii=False, allow_nan=False)
    parts = f"{LOOK} {VEGA_LITE} {version('vl-convert-python')} {text}"
    return hashlib.sha256(parts.encode()).hexdigest()[:16]


def _draw_svg(spec: dict[str, Any]) -> str:
    return str(vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE))


def _finished(drawn: str, spec: dict[str, Any], key: str) -> str:
    box = re.search(r'viewBox="([^"]+)"', drawn)
    if box is None:
        raise ValueError("The chart came back without a viewBox.")
    title = " ".join(spec.get("title", {}).get("text", []))
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box[1]}" role="img" '
        f'aria-labelledby="t{key} d{key}" focusable="false">'
        f'<title id="t{key}">{escape(title)}</title>'
        f'<desc id="d{key}">{escape(str(spec.get("description", "")))}</desc>'
    )
    return _apart(re.sub(r"^\s*<svg[^>]*>", lambda _: opening, drawn, count=1), key)


def _apart(drawn: str, key: str) -> str:
    """Clip paths and gradients get ids of this chart's own, for many may stand in one page."""
    drawn = re.sub(r'\bid="(clip|gradient)', rf'id="c{key}\1', drawn)
    return re.sub(r"url\(#(clip|gradient)", rf"url(#c{key}\1", drawn)


def _once(name: str, make: Callable[[], bytes]) -> bytes:
    """What is kept under `name` in memory or on disk, else what `make` makes, kept then."""
    with _lock:
        if name in _kept:
            _kept.move_to_end(name)
            return _kept[name]
    data = _read(name)
    if data is None:
        data = make()
        _write(name, data)
    with _lock:
        _kept[name] = data
        if len(_kept) > KEPT:
            _kept.popitem(last=False)
    return data


def _path(name: str) -> Path:
    return data_folder() / "cache" / "charts" / name[:2] / name


def _read(name: str) -> bytes | None:
    with suppress(OSError):
        return _path(name).read_bytes() or None
    return None


def _write(name: str, data: bytes) -> None:
    # A disk that is full or may not be written is no reason to show no picture.
    with suppress(OSError):
        path = _path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, data)
