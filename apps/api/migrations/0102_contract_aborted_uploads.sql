-- How often bodies of contracts were not sent to their end on a day: they hold memory and leave no contract that would be counted.
ALTER TABLE contract_days ADD COLUMN aborted INT UNSIGNED NOT NULL DEFAULT 0;
