"""Fixtures every room of the tests may use."""
