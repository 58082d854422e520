-- trigger proposals_appointment_compatible
CREATE OR REPLACE FUNCTION proposals_appointment_compatible() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    -- What only shortens an appointment passes, so that an old fault can be mended.
    IF TG_OP = 'UPDATE' THEN
        IF NEW.person_id = OLD.person_id AND NEW.duty = OLD.duty AND NEW.path = OLD.path AND NEW.since >= OLD.since
            AND (OLD.until IS NULL OR (NEW.until IS NOT NULL AND NEW.until <= OLD.until)) THEN
            RETURN NEW;
        END IF;
    END IF;
    -- Two who appoint one person at a time do not see each other's rows.
    PERFORM 1 FROM proposals_person WHERE id = NEW.person_id FOR NO KEY UPDATE;
    -- Who holds what: other appointments, and a seat in a committee, which counts as that of a member.
    IF EXISTS (
        SELECT 1 FROM proposals_dutyconflict AS pair JOIN (
            SELECT duty, since, until FROM proposals_appointment
            WHERE person_id = NEW.person_id AND id <> COALESCE(NEW.id, 0)
            UNION ALL SELECT 'COMMITTEE_MEMBER', since, until FROM proposals_membership WHERE person_id = NEW.person_id
        ) AS held
            ON (pair.one = NEW.duty AND pair.other = held.duty) OR (pair.other = NEW.duty AND pair.one = held.duty)
        WHERE (NEW.until IS NULL OR held.since <= NEW.until) AND (held.until IS NULL OR held.until >= NEW.since)
            AND (NEW.until IS NULL OR pair.since <= NEW.until) AND (pair.until IS NULL OR pair.until >= NEW.since)
            AND NOT (pair.relaxed_by <> '' AND COALESCE((
                SELECT law.value = 'true'::jsonb FROM proposals_setting AS law
                    JOIN proposals_territory AS place ON place.id = law.territory_id
                WHERE place.path = NEW.path AND law.topic = 'SWITCH' AND law.key = pair.relaxed_by
                    AND law.since <= NEW.since AND (law.until IS NULL OR law.until >= NEW.since)
                ORDER BY law.since DESC, law.id DESC LIMIT 1
            ), false))
    ) THEN
        RAISE EXCEPTION 'DUTIES_EXCLUDE' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END;
$body$;
DROP TRIGGER IF EXISTS proposals_appointment_compatible ON proposals_appointment;
CREATE TRIGGER proposals_appointment_compatible BEFORE INSERT OR UPDATE ON proposals_appointment
    FOR EACH ROW EXECUTE FUNCTION proposals_appointment_compatible();
-- trigger proposals_membership_compatible
CREATE OR REPLACE FUNCTION proposals_membership_compatible() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.person_id = OLD.person_id AND NEW.since >= OLD.since
            AND (OLD.until IS NULL OR (NEW.until IS NOT NULL AND NEW.until <= OLD.until)) THEN
            RETURN NEW;
        END IF;
    END IF;
    PERFORM 1 FROM proposals_person WHERE id = NEW.person_id FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT 1 FROM proposals_appointment AS held JOIN proposals_dutyconflict AS pair
            ON (pair.one = held.duty AND pair.other = 'COMMITTEE_MEMBER')
            OR (pair.other = held.duty AND pair.one = 'COMMITTEE_MEMBER')
        WHERE held.person_id = NEW.person_id
            AND (NEW.until IS NULL OR held.since <= NEW.until) AND (held.until IS NULL OR held.until >= NEW.since)
            AND (NEW.until IS NULL OR pair.since <= NEW.until) AND (pair.until IS NULL OR pair.until >= NEW.since)
    ) THEN
        RAISE EXCEPTION 'DUTIES_EXCLUDE' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END;
$body$;
DROP TRIGGER IF EXISTS proposals_membership_compatible ON proposals_membership;
CREATE TRIGGER proposals_membership_compatible BEFORE INSERT OR UPDATE ON proposals_membership
    FOR EACH ROW EXECUTE FUNCTION proposals_membership_compatible();
