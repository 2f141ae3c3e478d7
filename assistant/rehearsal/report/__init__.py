"""Reports on many dry runs: JSON for programs, JUnit XML for any CI, one HTML page for people. They can be joined."""
