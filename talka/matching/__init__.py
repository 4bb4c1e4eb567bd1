"""Who could learn from whom: engine (pure), suggestions, agreements."""
