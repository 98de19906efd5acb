"""Who may see what, on what basis: plain values in, a decision or a refusal in words out."""
