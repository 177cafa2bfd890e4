"""Compile the tables of places anew: `make places`. The arguments are folders with the packages of the sources."""

import sys

import django


def main() -> None:
    """Load the models, on which the folding of names rests, then compile."""
    django.setup()
    from sgoffice.places.gathering import compile_tables
    from sgoffice.places.part_gathering import compile_parts
    from sgoffice.places.zone_gathering import compile_zones

    sys.path += sys.argv[1:]  # behind our own packages: only the sources come from there
    compile_tables()
    compile_parts()
    compile_zones()


main()
