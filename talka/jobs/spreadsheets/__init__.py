"""What `talka match` does for those who live in spreadsheets: files in, files out."""
