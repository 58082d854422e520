-- trigger proposals_movement_kept
CREATE OR REPLACE FUNCTION proposals_movement_kept() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    posting proposals_posting%ROWTYPE;
    giver proposals_account%ROWTYPE;
    taker proposals_account%ROWTYPE;
    stood bigint;
BEGIN
    SELECT * INTO STRICT posting FROM proposals_posting WHERE id = NEW.posting_id;
    -- The updates lock both rows, so that what is checked below cannot change any more.
    UPDATE proposals_account
    SET balance = balance - NEW.n,
        floor = CASE WHEN holder <> 'CITY' AND posting.kind = 'OPENING' THEN LEAST(floor, balance - NEW.n) ELSE floor END
    WHERE id = NEW.source_id RETURNING * INTO giver;
    -- An imported excess only shrinks: its floor rises with every post that comes back.
    UPDATE proposals_account
    SET balance = balance + NEW.n, floor = CASE WHEN floor < 0 THEN LEAST(0, balance + NEW.n) ELSE floor END
    WHERE id = NEW.target_id RETURNING * INTO taker;
    IF giver.unit <> NEW.unit OR taker.unit <> NEW.unit THEN
        RAISE EXCEPTION 'LEDGER_UNIT' USING ERRCODE = 'check_violation';
    END IF;
    IF giver.territory_id <> taker.territory_id OR giver.territory_id <> posting.territory_id THEN
        RAISE EXCEPTION 'LEDGER_TERRITORY' USING ERRCODE = 'check_violation';
    END IF;
    IF posting.effective_on <> NEW.effective_on THEN
        RAISE EXCEPTION 'LEDGER_DAY' USING ERRCODE = 'check_violation';
    END IF;
    -- Whoever closes a period locks the territory first, so that what is closed cannot change below. The foreign key
    -- would take this lock as well, but not before the end of the transaction.
    PERFORM 1 FROM proposals_territory WHERE id = posting.territory_id FOR KEY SHARE;
    IF posting.kind <> 'REVERSAL' AND EXISTS (
        SELECT 1 FROM proposals_closedperiod WHERE territory_id = posting.territory_id AND through >= NEW.effective_on
    ) THEN
        RAISE EXCEPTION 'LEDGER_CLOSED' USING ERRCODE = 'check_violation';
    END IF;
    IF giver.holder = 'CITY' AND posting.kind NOT IN ('OPENING', 'GRANT', 'POST', 'REVERSAL') THEN
        RAISE EXCEPTION 'LEDGER_TOTAL' USING ERRCODE = 'check_violation';
    END IF;
    -- What leaves on a day is missing on that day and on every later one: none of them may close below zero.
    IF giver.holder <> 'CITY' AND posting.kind <> 'OPENING' THEN
        SELECT closing INTO stood FROM proposals_daytotal
        WHERE account_id = NEW.source_id AND day <= NEW.effective_on ORDER BY day DESC LIMIT 1;
        IF COALESCE(stood, 0) < NEW.n OR EXISTS (
            SELECT 1 FROM proposals_daytotal
            WHERE account_id = NEW.source_id AND day > NEW.effective_on AND closing < NEW.n
        ) THEN
            RAISE EXCEPTION 'LEDGER_SHORT' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    INSERT INTO proposals_daytotal (account_id, day, incoming, outgoing, closing)
    SELECT account.id, NEW.effective_on, 0, 0, COALESCE((
        SELECT closing FROM proposals_daytotal
        WHERE account_id = account.id AND day < NEW.effective_on ORDER BY day DESC LIMIT 1
    ), 0)
    FROM proposals_account AS account WHERE account.id IN (NEW.source_id, NEW.target_id)
    ON CONFLICT (account_id, day) DO NOTHING;
    UPDATE proposals_daytotal SET outgoing = outgoing + NEW.n
    WHERE account_id = NEW.source_id AND day = NEW.effective_on;
    UPDATE proposals_daytotal SET incoming = incoming + NEW.n
    WHERE account_id = NEW.target_id AND day = NEW.effective_on;
    -- What is recorded late moves every closing after its day as well.
    UPDATE proposals_daytotal SET closing = closing - NEW.n
    WHERE account_id = NEW.source_id AND day >= NEW.effective_on;
    UPDATE proposals_daytotal SET closing = closing + NEW.n
    WHERE account_id = NEW.target_id AND day >= NEW.effective_on;
    RETURN NULL;
END;
$body$;
DROP TRIGGER IF EXISTS proposals_movement_kept ON proposals_movement;
CREATE TRIGGER proposals_movement_kept AFTER INSERT ON proposals_movement
FOR EACH ROW EXECUTE FUNCTION proposals_movement_kept();
