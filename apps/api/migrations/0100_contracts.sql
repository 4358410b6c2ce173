-- Easy contracts. A row is written before the submission is acknowledged, so this table is the durable queue as well.
-- `turn` is the place in line among people: each next open contract of one person stands one turn later.
CREATE TABLE contracts (
  number BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  person_id BIGINT UNSIGNED NOT NULL,
  -- SHA-256 of the client's key, whatever it is made of.
  idempotency_key BINARY(32) NULL,
  content_digest BINARY(32) NOT NULL,
  locale ENUM ('ko', 'en') NOT NULL,
  page_count SMALLINT UNSIGNED NOT NULL,
  status ENUM ('waiting', 'running', 'answered', 'late', 'unreadable') NOT NULL,
  turn BIGINT UNSIGNED NOT NULL,
  attempts INT UNSIGNED NOT NULL DEFAULT 0,
  -- Whether it was counted in contract_days.
  counted BOOLEAN NOT NULL,
  created_at DATETIME(3) NOT NULL,
  deadline_at DATETIME(3) NOT NULL,
  try_at DATETIME(3) NOT NULL,
  started_at DATETIME(3) NULL,
  lease_token CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,
  lease_until DATETIME(3) NULL,
  answered_at DATETIME(3) NULL,
  took_ms INT UNSIGNED NULL,
  summary JSON NULL,
  result JSON NULL,
  UNIQUE KEY contracts_id (id),
  UNIQUE KEY contracts_idempotency (person_id, idempotency_key),
  KEY contracts_of_person (person_id, number),
  KEY contracts_open_of_person (person_id, status, turn),
  -- The line, with all that telling a position needs.
  KEY contracts_line (status, turn, number, id, deadline_at, started_at),
  KEY contracts_deadline (status, deadline_at),
  KEY contracts_lease (status, lease_until),
  KEY contracts_answered (answered_at, status),
  CONSTRAINT contracts_person FOREIGN KEY (person_id) REFERENCES people (id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_0900_ai_ci

-- statement
-- Deleted as soon as their contract is answered.
CREATE TABLE contract_pages (
  contract_number BIGINT UNSIGNED NOT NULL,
  page SMALLINT UNSIGNED NOT NULL,
  kind ENUM ('text', 'pdf', 'image') NOT NULL,
  media_type VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  data LONGBLOB NOT NULL,
  PRIMARY KEY (contract_number, page),
  CONSTRAINT contract_pages_contract FOREIGN KEY (contract_number) REFERENCES contracts (number) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_0900_ai_ci

-- statement
-- Answers by content, for a day.
CREATE TABLE contract_answers (
  content_digest BINARY(32) NOT NULL PRIMARY KEY,
  answer JSON NOT NULL,
  expires_at DATETIME(3) NOT NULL,
  KEY contract_answers_expires (expires_at)
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_0900_ai_ci

-- statement
-- How many contracts a person has submitted on a calendar day in Seoul; the row is also the lock that orders one person's submissions.
CREATE TABLE contract_days (
  person_id BIGINT UNSIGNED NOT NULL,
  day DATE NOT NULL,
  used INT UNSIGNED NOT NULL,
  PRIMARY KEY (person_id, day),
  CONSTRAINT contract_days_person FOREIGN KEY (person_id) REFERENCES people (id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_0900_ai_ci
