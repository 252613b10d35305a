"""Words and their forms, without a meaning yet: cleaned, compared, spelt rightly, parted into clauses."""
