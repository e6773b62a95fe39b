"""Invented plans, advice reports and other papers, with planted faults and a truth beside each.

`corpus.samples` makes them, `corpus.write_samples` writes them to a folder, `big.big_plan` makes
a long one for timing. The words come from `samples/stock`.
"""
