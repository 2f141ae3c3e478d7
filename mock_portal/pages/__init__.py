"""The pages of Online İşlemler as data: what each holds (`model`), and how it may be altered (`changes`)."""
