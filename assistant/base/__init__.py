"""What every other room uses: errors, outcomes and their words, settings, the log, files, requests to end."""
