"""The formats of the files of a programme folder: their number, their schemas for editors, and how older ones are brought up."""
