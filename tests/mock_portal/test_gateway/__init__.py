"""The gateway and the geçit, tried over HTTP and in a real browser."""
