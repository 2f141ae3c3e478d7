"""The gateway and the geçit, tested over HTTP and in a real browser."""
