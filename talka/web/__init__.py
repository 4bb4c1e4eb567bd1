"""What people see: pages for everybody, for participants and for coordinators."""
