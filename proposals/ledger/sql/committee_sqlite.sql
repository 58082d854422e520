-- trigger proposals_membership_seated
CREATE TRIGGER proposals_membership_seated BEFORE INSERT ON proposals_membership
BEGIN
    -- One seat a person; what only shortens a seat passes, so that an old fault can be mended.
    SELECT RAISE(ABORT, 'SEAT_TWICE')
    FROM proposals_membership AS held JOIN proposals_committeeterm AS theirs ON theirs.id = held.term_id
        JOIN proposals_committeeterm AS ours ON ours.id = NEW.term_id
    WHERE held.person_id = NEW.person_id AND theirs.territory_id = ours.territory_id
        AND (NEW.until IS NULL OR held.since <= NEW.until) AND (held.until IS NULL OR held.until >= NEW.since);
END;
-- trigger proposals_membership_reseated
CREATE TRIGGER proposals_membership_reseated BEFORE UPDATE ON proposals_membership
WHEN NEW.person_id <> OLD.person_id OR NEW.term_id <> OLD.term_id OR NEW.since < OLD.since
    OR (OLD.until IS NOT NULL AND (NEW.until IS NULL OR NEW.until > OLD.until))
BEGIN
    SELECT RAISE(ABORT, 'SEAT_TWICE')
    FROM proposals_membership AS held JOIN proposals_committeeterm AS theirs ON theirs.id = held.term_id
        JOIN proposals_committeeterm AS ours ON ours.id = NEW.term_id
    WHERE held.id <> NEW.id AND held.person_id = NEW.person_id AND theirs.territory_id = ours.territory_id
        AND (NEW.until IS NULL OR held.since <= NEW.until) AND (held.until IS NULL OR held.until >= NEW.since);
END;
-- trigger proposals_committeeterm_opened
CREATE TRIGGER proposals_committeeterm_opened BEFORE INSERT ON proposals_committeeterm
BEGIN
    SELECT RAISE(ABORT, 'TERM_TWICE')
    FROM proposals_committeeterm AS other
    WHERE other.territory_id = NEW.territory_id
        AND (NEW.until IS NULL OR other.since <= NEW.until) AND (other.until IS NULL OR other.until >= NEW.since);
END;
