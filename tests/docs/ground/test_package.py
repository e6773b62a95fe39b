"""`pip install .` works: the built package has its pages, styles, migrations and content."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.mark.machine
def test_the_wheel_carries_everything(tmp_path):
    """Built without isolation (no network needed), from a copy (nothing is left here)."""
    project, content = tmp_path / "project", ("frameworks", "reference", "samples", "training")
    project.mkdir()
    for name in ("pyproject.toml", "setup.py", "MANIFEST.in", "LICENSE"):
        shutil.copy(ROOT / name, project)
    shutil.copytree(ROOT / "src", project / "src", ignore=shutil.ignore_patterns("__pycache__"))
    for name in content:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, project / name)
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation",
         "--wheel-dir", str(tmp_path), "."],
        cwd=project, check=True, capture_output=True, text=True,
    )  # fmt: skip
    (wheel,) = tmp_path.glob("*.whl")
    unpacked = tmp_path / "unpacked"
    zipfile.ZipFile(wheel).extractall(unpacked)
    ours = files(ROOT / "src" / "goldthread")
    assert {path for path in ours if "py.typed" not in path} <= files(unpacked / "goldthread")
    for name in content:
        if (ROOT / name).is_dir():
            assert files(ROOT / name) == files(unpacked / "goldthread" / "_content" / name)
    finds_its_content(unpacked, tmp_path)


def files(folder):
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def finds_its_content(unpacked, home):
    """An installed copy finds its content inside itself and its data in the user's own folder."""
    code = (
        "import goldthread.content as c, goldthread.home as h\n"
        f"assert str(c.folder('reference')).startswith({str(unpacked)!r}), c.folder('reference')\n"
        f"assert str(h.data_folder()).startswith({str(home)!r}), h.data_folder()\n"
        "try: c.folder('nonsense')\n"
        "except LookupError as problem: assert 'no content folder' in str(problem)\n"
    )
    environment = {"PYTHONPATH": str(unpacked), "XDG_DATA_HOME": str(home / "data"),
                   "HOME": str(home), "LOCALAPPDATA": str(home)}  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
