"""What all rooms stand on: errors, outcomes and their words, settings, the log, files, and a request to end."""
