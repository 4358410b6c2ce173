-- Repeats of a person's own submissions: found by their content, and counted by the day.
-- Only additions with defaults: the release before this one goes on working beside it.
ALTER TABLE contracts ADD KEY contracts_content (person_id, content_digest, number)

-- statement
-- How often the person got an earlier contract instead of a new one on this day.
ALTER TABLE contract_days ADD COLUMN repeats INT UNSIGNED NOT NULL DEFAULT 0

-- statement
-- Bytes of the pages that were submitted; the pages themselves are deleted when the contract ends.
ALTER TABLE contracts ADD COLUMN page_bytes BIGINT UNSIGNED NOT NULL DEFAULT 0
