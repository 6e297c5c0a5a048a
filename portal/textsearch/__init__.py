"""Search in Chinese text by pairs of neighbouring characters, the same on both databases; knows no subject."""
