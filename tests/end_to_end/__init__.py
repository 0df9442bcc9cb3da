"""retrotui driven in a pseudo-terminal, as a person at the keyboard would."""
