"""What the three audiences share: look, fields, middleware, and the answer to who may."""
