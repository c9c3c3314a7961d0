"""Reading an inventory of products from a spreadsheet: columns, files, rows, and what is wrong with them."""
