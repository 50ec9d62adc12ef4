"""Who may know: releases, one feed per partner, receipts, retractions, and the sync of all this by network or stick."""
