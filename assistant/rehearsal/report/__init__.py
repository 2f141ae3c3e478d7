"""Reports of many dry runs: JSON for programs, JUnit XML for any CI, one HTML page for people; and joining them."""
