"""The benchmarks of ``eonay bench``: ratios from one run on one machine."""
