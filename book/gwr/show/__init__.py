"""What a cell shows: prose, tables, charts, maps."""
