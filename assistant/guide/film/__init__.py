"""The guide as moving pictures: what happens when (`story`), how it looks (`stage`), what is read (`captions`)."""
