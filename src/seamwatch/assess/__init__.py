"""What is going on: baseline and resurgence, near repeats, what a change did; each with its null hypothesis."""
