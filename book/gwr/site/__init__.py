"""How the book is made: notebooks run, pages built, printed and published."""
