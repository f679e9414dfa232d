"""Working a plan: lines and their occurrences, who answers for them, answers and what becomes of them."""
