"""Bringing in whole fairs, and lists of exhibitors."""

from fairapp.imports.service.fair import import_fair

__all__ = ["import_fair"]
