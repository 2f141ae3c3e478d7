"""Companion mode: the person goes through their own browser, and is led step by step by what they say they see."""
