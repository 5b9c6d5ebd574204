"""Helpers of development that are no part of the package."""
