-- House notes, and what is ticked on the checklist in each.
CREATE TABLE IF NOT EXISTS notes (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  person_id BIGINT UNSIGNED NOT NULL,
  title VARCHAR(100) NOT NULL,
  address VARCHAR(200) NULL,
  deposit BIGINT NULL,
  monthly_rent BIGINT NULL,
  memo TEXT NULL,
  visited_on DATE NULL,
  created_at DATETIME(3) NOT NULL,
  KEY notes_person (person_id, id),
  CONSTRAINT notes_person FOREIGN KEY (person_id) REFERENCES people (id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_0900_ai_ci

-- statement
CREATE TABLE IF NOT EXISTS note_checks (
  note_id BIGINT UNSIGNED NOT NULL,
  item_id VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (note_id, item_id),
  KEY note_checks_item (item_id),
  CONSTRAINT note_checks_note FOREIGN KEY (note_id) REFERENCES notes (id) ON DELETE CASCADE,
  CONSTRAINT note_checks_item FOREIGN KEY (item_id) REFERENCES checklist_items (id) ON DELETE CASCADE
) DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_0900_ai_ci
