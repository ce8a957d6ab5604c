"""Keeping the register: what an enterprise is and what it can do."""

from fairapp.enterprises.service.shared import set_capabilities

__all__ = ["set_capabilities"]
