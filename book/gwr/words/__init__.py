"""The words in two languages: catalogues, and the translation of whole pages."""
