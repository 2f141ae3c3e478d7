"""Companion mode: people use their own browser, and we guide them step by step by what they say they see."""
