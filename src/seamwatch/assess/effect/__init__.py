"""What a change did: interrupted series and synthetic control, with placebo dates and placebo areas always beside."""
