"""Everything as one set that can be put back: the database at one moment, and every byte of the archive it names."""
