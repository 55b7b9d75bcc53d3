"""What the reading room promises, rule by rule."""
