"""Great Expectations suites as JSON: `<schema>.<relation>.json` guards that relation."""
