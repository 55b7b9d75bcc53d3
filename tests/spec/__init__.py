"""The contract as a book of small drawn tables: one chapter a relation, one test a sentence."""
