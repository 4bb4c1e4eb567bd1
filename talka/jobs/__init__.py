"""What happens by the clock, and the commands of those who run an installation."""
