"""How much there is of what, by day and region: counts of what the asker may see."""
