"""From the mannequin to pixels: a camera, materials, light and ink."""
