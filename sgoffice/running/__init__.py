"""Starting, serving and working for ever; and loading the public facts that a new register starts with."""
