"""What may come: forecasts as draws, the benchmarks that they must beat, and their score when time has passed."""
