"""lading: the models a project depends on, their licenses and origin."""

__version__ = "0.1.0"
