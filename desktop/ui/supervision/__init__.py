"""督办: supervised items from the notice to the close-out, what is late first."""
