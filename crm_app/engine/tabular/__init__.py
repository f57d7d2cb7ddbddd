"""Tables people bring: any file read, its columns understood, every row accounted for."""
