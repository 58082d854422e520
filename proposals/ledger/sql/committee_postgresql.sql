-- trigger proposals_membership_seated
CREATE OR REPLACE FUNCTION proposals_membership_seated() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    -- One seat a person; what only shortens a seat passes, so that an old fault can be mended.
    IF TG_OP = 'UPDATE' THEN
        IF NEW.person_id = OLD.person_id AND NEW.term_id = OLD.term_id AND NEW.since >= OLD.since
            AND (OLD.until IS NULL OR (NEW.until IS NOT NULL AND NEW.until <= OLD.until)) THEN
            RETURN NEW;
        END IF;
    END IF;
    IF EXISTS (
        SELECT 1
        FROM proposals_membership AS held JOIN proposals_committeeterm AS theirs ON theirs.id = held.term_id
            JOIN proposals_committeeterm AS ours ON ours.id = NEW.term_id
        WHERE held.id <> COALESCE(NEW.id, 0) AND held.person_id = NEW.person_id
            AND theirs.territory_id = ours.territory_id
            AND (NEW.until IS NULL OR held.since <= NEW.until) AND (held.until IS NULL OR held.until >= NEW.since)
    ) THEN
        RAISE EXCEPTION 'SEAT_TWICE' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END;
$body$;
DROP TRIGGER IF EXISTS proposals_membership_seated ON proposals_membership;
CREATE TRIGGER proposals_membership_seated BEFORE INSERT OR UPDATE ON proposals_membership
    FOR EACH ROW EXECUTE FUNCTION proposals_membership_seated();
-- trigger proposals_committeeterm_opened
CREATE OR REPLACE FUNCTION proposals_committeeterm_opened() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF EXISTS (
        SELECT 1 FROM proposals_committeeterm AS other
        WHERE other.territory_id = NEW.territory_id
            AND (NEW.until IS NULL OR other.since <= NEW.until) AND (other.until IS NULL OR other.until >= NEW.since)
    ) THEN
        RAISE EXCEPTION 'TERM_TWICE' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END;
$body$;
DROP TRIGGER IF EXISTS proposals_committeeterm_opened ON proposals_committeeterm;
CREATE TRIGGER proposals_committeeterm_opened BEFORE INSERT ON proposals_committeeterm
    FOR EACH ROW EXECUTE FUNCTION proposals_committeeterm_opened();
