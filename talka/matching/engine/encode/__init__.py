"""Stage one: people and policy in words, judged rule by rule and part by part, and turned into numbers."""
