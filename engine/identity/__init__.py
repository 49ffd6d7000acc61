"""Who people are, what their roles let them do, and the tokens that say so."""
