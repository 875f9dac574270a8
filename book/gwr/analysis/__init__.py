"""What can be computed from the tables: frames in, frames out; no HTML, no charts."""
