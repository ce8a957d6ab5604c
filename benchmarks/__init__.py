"""What ``./dev bench`` measures; each benchmark is a module with ``measure()``."""
