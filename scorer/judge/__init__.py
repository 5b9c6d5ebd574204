"""What became of claims, reports and outlets, with every reason: evidence -> scores."""

from scorer.judge.judge import judge

__all__ = ["judge"]
