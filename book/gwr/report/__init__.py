"""What the report says: its text, its tables, their rules, its places."""
