"""The guide as a film: what happens when (`story`), how it looks (`stage`), what people read (`captions`)."""
