"""Each command's name, options and help. What it does is imported when it runs."""
