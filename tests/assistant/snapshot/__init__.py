"""Tests of `assistant.snapshot`."""
