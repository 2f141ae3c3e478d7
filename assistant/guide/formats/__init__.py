"""The formats that a guide is written in, one module each."""
