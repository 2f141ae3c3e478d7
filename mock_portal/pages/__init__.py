"""The pages of Online İşlemler as data: what each holds (`model`), and what may become of it (`changes`)."""
