"""A bundle: one folder with every model that a score rests on, its card and content hashes."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from scorer.errors import CorroborateError
from scorer.link.relation_model import RelationModel
from scorer.models.attribution import load_attribution
from scorer.models.data import data_path
from scorer.models.embedding import EmbeddingModel
from scorer.models.relation import load_relation
from scorer.read.sources import AttributionModel

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Bundle:
    """The loaded models. `version` goes into every score as its model version."""

    version: str
    path: Path
    attribution: AttributionModel
    relation: RelationModel
    embedding: EmbeddingModel


def load_bundle(path: Path | None = None, *, threads: int = 0) -> Bundle:
    """Load and check a bundle.

    Parameters
    ----------
    path : Path, optional
        The bundle's folder; by default the shipped one.
    threads : int
        Threads a model may use; 0 takes every core.

    Raises
    ------
    CorroborateError
        ``no_bundle`` if there is none, ``wrong_bundle_format`` if it was made for another
        release, ``damaged_bundle`` if a file is missing or does not match its hash.
    """
    folder = path if path is not None else data_path("bundle")
    manifest = _manifest(folder)
    for name, digest in manifest["files"].items():
        if not (folder / name).is_file() or file_digest(folder / name) != digest:
            raise CorroborateError("damaged_bundle", file=name)
    return Bundle(
        version=f"{manifest['name']}-{manifest['version']}",
        path=folder,
        attribution=load_attribution(folder / "attribution", threads),
        relation=load_relation(folder / "relation", threads),
        embedding=EmbeddingModel.load(folder / "embedding", threads),
    )


def _manifest(folder: Path) -> dict[str, dict[str, str]]:
    try:
        manifest = json.loads((folder / "bundle.json").read_text("utf-8"))
    except OSError:
        raise CorroborateError("no_bundle", path=folder) from None
    except ValueError:
        raise CorroborateError("damaged_bundle", file="bundle.json") from None
    if manifest.get("format") != FORMAT:
        raise CorroborateError("wrong_bundle_format", found=manifest.get("format"), expected=FORMAT)
    return dict(manifest)


def file_digest(path: Path) -> str:
    """SHA-256 of a file's content, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
