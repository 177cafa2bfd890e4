"""The desk's pages that read across the register: today, and the sheet of a counterpart."""
