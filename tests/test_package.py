"""The wheel: what is in it, and that it runs by itself, far from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MAXIMUM_INSTALL = 450 * 2**20  # bytes, the bundle aside


def _run(
    command: Sequence[str | Path], folder: Path, *, checkout: bool = False
) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    if checkout:
        environment["PYTHONPATH"] = str(ROOT)
    return subprocess.run(
        list(map(str, command)),
        capture_output=True,
        check=True,
        text=True,
        cwd=folder,
        env=environment,
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation"]
    _run([*build, "--wheel-dir", folder, ROOT], folder)
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("elsewhere")
    _run([sys.executable, "-m", "venv", folder / "venv"], folder)
    install: list[str | Path] = [
        folder / "venv" / "bin" / "pip",
        "install",
        "--no-compile",
        "--quiet",
    ]
    _run([*install, "-c", ROOT / "constraints.txt", wheel], folder)
    return folder / "venv"


def _seconds_of_children() -> float:
    # Processor time: how long it takes on a machine that is busy with other work says nothing.
    times = os.times()
    return times.children_user + times.children_system


def test_the_wheel_holds_packages_data_and_licences(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"scorer", "training"}
    assert "scorer/_data/bundle/bundle.json" in names
    assert "scorer/_data/bundle/card.md" in names
    assert "scorer/_data/demo/trump-putin-call-2024.jsonl" in names
    licences = [name.split("licenses/")[1] for name in names if "/licenses/" in name]
    assert sorted(licences) == ["LICENSE", "data/LICENSE", "data/bundle/LICENSE"]
    assert not [name for name in names if name.endswith((".pkl", ".pickle", ".joblib"))]


def test_the_installed_wheel_runs_the_demo_quickly(installed: Path) -> None:
    _run([installed / "bin" / "corroborate", "demo"], installed.parent)  # compiles the modules
    began = _seconds_of_children()
    done = _run([installed / "bin" / "corroborate", "demo"], installed.parent)
    assert _seconds_of_children() - began < 10
    assert "insufficient_evidence" in done.stdout


def test_serving_needs_no_training_library(installed: Path) -> None:
    (packages,) = (installed / "lib").glob("python*/site-packages")
    for name in ("torch", "transformers", "datasets", "sklearn", "onnx"):
        assert not (packages / name).exists(), name
    bundle = packages / "scorer" / "_data" / "bundle"
    files = [path for path in packages.rglob("*") if path.is_file() and not path.is_symlink()]
    size = sum(path.stat().st_size for path in files if bundle not in path.parents)
    assert size < MAXIMUM_INSTALL


def test_serving_imports_no_training_library() -> None:
    banned = "{'torch', 'transformers', 'datasets', 'sklearn', 'training'}"
    code = f"import sys, scorer.commands; print(*{banned} & set(sys.modules))"
    assert _run([sys.executable, "-c", code], ROOT, checkout=True).stdout.strip() == ""


def test_neither_import_nor_help_loads_the_runtime() -> None:
    code = "import sys, scorer, scorer.cli; print('onnxruntime' in sys.modules)"
    assert _run([sys.executable, "-c", code], ROOT, checkout=True).stdout.strip() == "False"
