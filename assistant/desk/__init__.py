"""The guided run: a person at their desk, with a panel next to the browser or in a terminal."""
