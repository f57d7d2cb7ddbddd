"""What a cell says: amounts, dates, phones, yes or no, words from a list. Text in, a value or a reason out."""
