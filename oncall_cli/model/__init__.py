"""What each file of a team's repository may say: frozen records and the scalars they are made of."""
