"""What a break is told to rest on: the sample's, and small drawn ones."""
