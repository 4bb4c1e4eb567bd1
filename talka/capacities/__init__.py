"""What people and communities can teach and want to learn."""
