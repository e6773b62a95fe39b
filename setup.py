"""Carries the content folders of the root inside the built package; all else: pyproject.toml."""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

CONTENT = ("frameworks", "reference", "samples", "training")


class BuildWithContent(build_py):
    """Also copies each content folder that exists to goldthread/_content."""

    def run(self):
        super().run()
        if self.editable_mode:
            return
        for name in CONTENT:
            target = Path(self.build_lib) / "goldthread" / "_content" / name
            if target.is_dir():
                shutil.rmtree(target)
            if Path(name).is_dir():
                shutil.copytree(name, target)


setup(cmdclass={"build_py": BuildWithContent})
