"""What the register is measured against: the same data over the same tables, written as one would write it plainly."""
