"""What the commands need of the machine they run on: files, pipes and the terminal."""
