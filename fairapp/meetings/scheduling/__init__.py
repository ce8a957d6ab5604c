"""Scheduling meetings: which matches are held, when and at which table; proven and explained."""
