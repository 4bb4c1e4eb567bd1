"""What is measured: ./dev bench"""
