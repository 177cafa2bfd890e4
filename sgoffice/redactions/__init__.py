"""Erase for good what two people agreed on, everywhere it stands; and list what is due by the rules of retention."""
