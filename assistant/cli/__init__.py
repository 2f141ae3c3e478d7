"""The command line. Each command imports its heavy parts only when it runs, so ``--help`` answers at once."""
