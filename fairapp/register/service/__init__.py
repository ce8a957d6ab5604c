"""Changing the register as an organizer."""
