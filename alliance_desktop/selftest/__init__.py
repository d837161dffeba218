"""The program tests itself, from the checkout, an installed wheel, or as the frozen program."""
