"""How an item of provision or an outcome is worded: its amounts, its people, its verdict."""
