"""Files as people keep them (text, CSV, YAML), read with the place of everything in them."""
