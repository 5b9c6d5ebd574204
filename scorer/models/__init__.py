"""Loads a bundle of models: ONNX and JSON, no torch."""

from scorer.models.bundle import Bundle, load_bundle
from scorer.models.data import data_path

__all__ = ["Bundle", "data_path", "load_bundle"]
