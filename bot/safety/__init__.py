"""What may be offered to whom. Pure: values in, values out."""
