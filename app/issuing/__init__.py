"""The issuer: the only room that sees a work e-mail; its own application, database and secrets."""
