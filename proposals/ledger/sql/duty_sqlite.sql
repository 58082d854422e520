-- trigger proposals_appointment_compatible
CREATE TRIGGER proposals_appointment_compatible BEFORE INSERT ON proposals_appointment
BEGIN
    -- Who holds what: other appointments, and a seat in a committee, which counts as that of a member.
    SELECT RAISE(ABORT, 'DUTIES_EXCLUDE')
    FROM proposals_dutyconflict AS pair JOIN (
        SELECT duty, since, until FROM proposals_appointment WHERE person_id = NEW.person_id
        UNION ALL SELECT 'COMMITTEE_MEMBER', since, until FROM proposals_membership WHERE person_id = NEW.person_id
    ) AS held ON (pair.one = NEW.duty AND pair.other = held.duty) OR (pair.other = NEW.duty AND pair.one = held.duty)
    WHERE (NEW.until IS NULL OR held.since <= NEW.until) AND (held.until IS NULL OR held.until >= NEW.since)
        AND (NEW.until IS NULL OR pair.since <= NEW.until) AND (pair.until IS NULL OR pair.until >= NEW.since)
        AND NOT (pair.relaxed_by <> '' AND COALESCE((
            SELECT law.value FROM proposals_setting AS law
                JOIN proposals_territory AS place ON place.id = law.territory_id
            WHERE place.path = NEW.path AND law.topic = 'SWITCH' AND law.key = pair.relaxed_by
                AND law.since <= NEW.since AND (law.until IS NULL OR law.until >= NEW.since)
            ORDER BY law.since DESC, law.id DESC LIMIT 1
        ), '') = 'true');
END;
-- trigger proposals_appointment_still_compatible
CREATE TRIGGER proposals_appointment_still_compatible BEFORE UPDATE ON proposals_appointment
WHEN NEW.person_id <> OLD.person_id OR NEW.duty <> OLD.duty OR NEW.path <> OLD.path OR NEW.since < OLD.since
    OR (OLD.until IS NOT NULL AND (NEW.until IS NULL OR NEW.until > OLD.until))
BEGIN
    SELECT RAISE(ABORT, 'DUTIES_EXCLUDE')
    FROM proposals_dutyconflict AS pair JOIN (
        SELECT duty, since, until FROM proposals_appointment WHERE person_id = NEW.person_id AND id <> OLD.id
        UNION ALL SELECT 'COMMITTEE_MEMBER', since, until FROM proposals_membership WHERE person_id = NEW.person_id
    ) AS held ON (pair.one = NEW.duty AND pair.other = held.duty) OR (pair.other = NEW.duty AND pair.one = held.duty)
    WHERE (NEW.until IS NULL OR held.since <= NEW.until) AND (held.until IS NULL OR held.until >= NEW.since)
        AND (NEW.until IS NULL OR pair.since <= NEW.until) AND (pair.until IS NULL OR pair.until >= NEW.since)
        AND NOT (pair.relaxed_by <> '' AND COALESCE((
            SELECT law.value FROM proposals_setting AS law
                JOIN proposals_territory AS place ON place.id = law.territory_id
            WHERE place.path = NEW.path AND law.topic = 'SWITCH' AND law.key = pair.relaxed_by
                AND law.since <= NEW.since AND (law.until IS NULL OR law.until >= NEW.since)
            ORDER BY law.since DESC, law.id DESC LIMIT 1
        ), '') = 'true');
END;
-- trigger proposals_membership_compatible
CREATE TRIGGER proposals_membership_compatible BEFORE INSERT ON proposals_membership
BEGIN
    SELECT RAISE(ABORT, 'DUTIES_EXCLUDE')
    FROM proposals_appointment AS held JOIN proposals_dutyconflict AS pair
        ON (pair.one = held.duty AND pair.other = 'COMMITTEE_MEMBER')
        OR (pair.other = held.duty AND pair.one = 'COMMITTEE_MEMBER')
    WHERE held.person_id = NEW.person_id
        AND (NEW.until IS NULL OR held.since <= NEW.until) AND (held.until IS NULL OR held.until >= NEW.since)
        AND (NEW.until IS NULL OR pair.since <= NEW.until) AND (pair.until IS NULL OR pair.until >= NEW.since);
END;
-- trigger proposals_membership_still_compatible
CREATE TRIGGER proposals_membership_still_compatible BEFORE UPDATE ON proposals_membership
WHEN NEW.person_id <> OLD.person_id OR NEW.since < OLD.since
    OR (OLD.until IS NOT NULL AND (NEW.until IS NULL OR NEW.until > OLD.until))
BEGIN
    SELECT RAISE(ABORT, 'DUTIES_EXCLUDE')
    FROM proposals_appointment AS held JOIN proposals_dutyconflict AS pair
        ON (pair.one = held.duty AND pair.other = 'COMMITTEE_MEMBER')
        OR (pair.other = held.duty AND pair.one = 'COMMITTEE_MEMBER')
    WHERE held.person_id = NEW.person_id
        AND (NEW.until IS NULL OR held.since <= NEW.until) AND (held.until IS NULL OR held.until >= NEW.since)
        AND (NEW.until IS NULL OR pair.since <= NEW.until) AND (pair.until IS NULL OR pair.until >= NEW.since);
END;
