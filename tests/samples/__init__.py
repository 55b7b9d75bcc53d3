"""Sample files in every layout, and the rows that tieout must understand them as."""
