"""An agreed match becomes a plan, then a visit."""
