"""All of the reasoning: folder = schema, file = relation; reference tables as CSV."""
