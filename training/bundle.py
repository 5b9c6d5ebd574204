"""A bundle's last step: its card, then the manifest of content hashes."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from scorer.models.bundle import FORMAT, file_digest
from training.card import write_card

MANIFEST = "bundle.json"
# What a score depends on; figures and card do not change it.
MODELS = {
    "model.onnx",
    "words.bin",
    "tokenizer.json",
    "reader.json",
    "embedding.json",
    "relation.json",
}


def seal_bundle(folder: Path, name: str = "corroborate-en") -> str:
    """Write a bundle's card from its figures, and its manifest.

    Parameters
    ----------
    folder : Path
        Holds ``attribution/`` and ``relation/``, each with its ``figures.json``.
    name : str

    Returns
    -------
    str
        The version: a digest of all models and thresholds, so the same models have the same.
    """
    write_card(folder)
    files = {
        path.relative_to(folder).as_posix(): file_digest(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    }
    models = {path: digest for path, digest in files.items() if Path(path).name in MODELS}
    version = hashlib.sha256(json.dumps(models).encode()).hexdigest()[:12]
    manifest = {"format": FORMAT, "name": name, "version": version, "files": files}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", "utf-8")
    return version
