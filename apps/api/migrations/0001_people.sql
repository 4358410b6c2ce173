-- People as the OpenID Connect provider knows them, and their sessions.
CREATE TABLE IF NOT EXISTS people (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  issuer VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subject VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  name VARCHAR(200) NOT NULL,
  email VARCHAR(320) NOT NULL,
  plan ENUM ('free', 'basic', 'pro') NOT NULL DEFAULT 'free',
  created_at DATETIME(3) NOT NULL,
  signed_in_at DATETIME(3) NOT NULL,
  UNIQUE KEY people_identity (issuer, subject)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_0900_ai_ci

-- statement
CREATE TABLE IF NOT EXISTS sessions (
  token_hash BINARY(32) NOT NULL PRIMARY KEY,
  person_id BIGINT UNSIGNED NOT NULL,
  created_at DATETIME(3) NOT NULL,
  seen_at DATETIME(3) NOT NULL,
  KEY sessions_seen (seen_at),
  CONSTRAINT sessions_person FOREIGN KEY (person_id) REFERENCES people (id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_0900_ai_ci
