"""What happens in each place: handlers say what happened, `show_...` says what a place looks like."""
