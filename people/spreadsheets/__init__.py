"""Spreadsheets in and out: reading what people upload, naming what is wrong with it, writing what they take away."""
