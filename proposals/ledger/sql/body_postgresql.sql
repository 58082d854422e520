-- trigger proposals_bodyversion_not_under_itself
CREATE OR REPLACE FUNCTION proposals_bodyversion_not_under_itself() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    -- Two who move bodies at once wait for each other, so that each sees what the other did.
    PERFORM 1 FROM proposals_territory AS territory JOIN proposals_body AS body ON body.territory_id = territory.id
    WHERE body.id = NEW.body_id FOR NO KEY UPDATE OF territory;
    -- Everything above the new superior on the day of the change; UNION ends the walk even in a circle that stood before.
    IF EXISTS (
        WITH RECURSIVE above(body_id) AS (
            SELECT NEW.parent_id
            UNION
            SELECT version.parent_id
            FROM proposals_bodyversion AS version JOIN above ON version.body_id = above.body_id
            WHERE version.parent_id IS NOT NULL AND version.valid_from <= NEW.valid_from
                AND (version.valid_to IS NULL OR version.valid_to > NEW.valid_from)
        )
        SELECT 1 FROM above WHERE body_id = NEW.body_id
    ) THEN
        RAISE EXCEPTION 'BODY_UNDER_ITSELF' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END;
$body$;
DROP TRIGGER IF EXISTS proposals_bodyversion_not_under_itself ON proposals_bodyversion;
CREATE TRIGGER proposals_bodyversion_not_under_itself AFTER INSERT OR UPDATE OF parent_id ON proposals_bodyversion
FOR EACH ROW WHEN (NEW.parent_id IS NOT NULL) EXECUTE FUNCTION proposals_bodyversion_not_under_itself();
