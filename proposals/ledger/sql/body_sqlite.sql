-- trigger proposals_bodyversion_not_under_itself
CREATE TRIGGER proposals_bodyversion_not_under_itself AFTER INSERT ON proposals_bodyversion
WHEN NEW.parent_id IS NOT NULL
BEGIN
    -- Everything above the new superior on the day of the change; UNION ends the walk even in a circle that stood before.
    SELECT RAISE(ABORT, 'BODY_UNDER_ITSELF')
    WHERE EXISTS (
        WITH RECURSIVE above(body_id) AS (
            SELECT NEW.parent_id
            UNION
            SELECT version.parent_id
            FROM proposals_bodyversion AS version JOIN above ON version.body_id = above.body_id
            WHERE version.parent_id IS NOT NULL AND version.valid_from <= NEW.valid_from
                AND (version.valid_to IS NULL OR version.valid_to > NEW.valid_from)
        )
        SELECT 1 FROM above WHERE body_id = NEW.body_id
    );
END;

-- trigger proposals_bodyversion_moved_under_itself
CREATE TRIGGER proposals_bodyversion_moved_under_itself AFTER UPDATE OF parent_id ON proposals_bodyversion
WHEN NEW.parent_id IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'BODY_UNDER_ITSELF')
    WHERE EXISTS (
        WITH RECURSIVE above(body_id) AS (
            SELECT NEW.parent_id
            UNION
            SELECT version.parent_id
            FROM proposals_bodyversion AS version JOIN above ON version.body_id = above.body_id
            WHERE version.parent_id IS NOT NULL AND version.valid_from <= NEW.valid_from
                AND (version.valid_to IS NULL OR version.valid_to > NEW.valid_from)
        )
        SELECT 1 FROM above WHERE body_id = NEW.body_id
    );
END;
