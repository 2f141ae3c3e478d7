"""What each command is called, takes and says of itself. What it does is imported when it is asked for."""
