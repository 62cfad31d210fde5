CREATE TABLE IF NOT EXISTS account (
  id       INTEGER PRIMARY KEY,
  name     TEXT NOT NULL UNIQUE COLLATE NOCASE,
  role     TEXT NOT NULL,
  password TEXT,
  made     INTEGER NOT NULL,
  active   INTEGER NOT NULL DEFAULT 1
) STRICT;

-- The part that an account has in a mission.
CREATE TABLE IF NOT EXISTS part (
  account INTEGER PRIMARY KEY REFERENCES account ON DELETE CASCADE,
  mission TEXT NOT NULL,
  role    TEXT NOT NULL,
  party   TEXT
) STRICT;

-- A link by which a password is set, once.
CREATE TABLE IF NOT EXISTS invite (
  hash    BLOB PRIMARY KEY,
  account INTEGER REFERENCES account ON DELETE CASCADE,
  expires INTEGER NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS session (
  hash    BLOB PRIMARY KEY,
  account INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
  csrf    TEXT NOT NULL,
  used    INTEGER NOT NULL,
  expires INTEGER NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS token (
  id      INTEGER PRIMARY KEY,
  hash    BLOB NOT NULL UNIQUE,
  account INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
  name    TEXT NOT NULL,
  scopes  TEXT NOT NULL,
  made    INTEGER NOT NULL,
  used    INTEGER
) STRICT;

CREATE TABLE IF NOT EXISTS setting (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

-- Documents that somebody has taken for review, so that others get other ones.
CREATE TABLE IF NOT EXISTS lease (
  document TEXT NOT NULL,
  account  INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
  until    INTEGER NOT NULL,
  PRIMARY KEY (document, account)
) STRICT;

-- Addresses that are told of new findings. Their secrets are kept as they are, for they sign.
CREATE TABLE IF NOT EXISTS hook (
  id      INTEGER PRIMARY KEY,
  address TEXT NOT NULL,
  secret  TEXT NOT NULL,
  made    INTEGER NOT NULL,
  made_by TEXT NOT NULL,
  dropped INTEGER NOT NULL DEFAULT 0,
  paused  INTEGER NOT NULL DEFAULT 0
) STRICT;

-- What they are told, and what became of it: nothing is due where it was delivered or given up.
CREATE TABLE IF NOT EXISTS delivery (
  id    TEXT PRIMARY KEY,
  hook  INTEGER NOT NULL REFERENCES hook ON DELETE CASCADE,
  body  TEXT NOT NULL,
  made  INTEGER NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0,
  due   INTEGER,
  said  TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX IF NOT EXISTS delivery_due ON delivery (hook, due);

-- Findings that they were told of, or that were there before.
CREATE TABLE IF NOT EXISTS told (
  finding TEXT PRIMARY KEY
) STRICT;
