"""The guided run: a person at their desk, with a panel beside the browser or in a terminal."""
