"""What is Org's own beside its markup: which headings are days, and how its files name and lead to each other."""
