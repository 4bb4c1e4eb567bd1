"""What people build at home: initiatives that outlive the cohort they came from."""
