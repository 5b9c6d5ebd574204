"""Who speaks and how much it weighs: relations -> evidence, repeated voices collapsed."""

from scorer.weigh.weigh import weigh

__all__ = ["weigh"]
