"""To and from MediaWiki: signature lists are read, for now."""
