-- trigger proposals_movement_allowed
CREATE TRIGGER proposals_movement_allowed BEFORE INSERT ON proposals_movement
BEGIN
    SELECT RAISE(ABORT, 'LEDGER_UNIT')
    FROM proposals_account WHERE id IN (NEW.source_id, NEW.target_id) AND unit <> NEW.unit;
    SELECT RAISE(ABORT, 'LEDGER_TERRITORY')
    FROM proposals_account AS giver JOIN proposals_account AS taker ON taker.id = NEW.target_id
        JOIN proposals_posting AS posting ON posting.id = NEW.posting_id
    WHERE giver.id = NEW.source_id
        AND (giver.territory_id <> taker.territory_id OR giver.territory_id <> posting.territory_id);
    SELECT RAISE(ABORT, 'LEDGER_DAY')
    FROM proposals_posting WHERE id = NEW.posting_id AND effective_on <> NEW.effective_on;
    SELECT RAISE(ABORT, 'LEDGER_CLOSED')
    FROM proposals_posting AS posting JOIN proposals_closedperiod AS period
        ON period.territory_id = posting.territory_id AND period.through >= NEW.effective_on
    WHERE posting.id = NEW.posting_id AND posting.kind <> 'REVERSAL';
    SELECT RAISE(ABORT, 'LEDGER_TOTAL')
    FROM proposals_account AS giver JOIN proposals_posting AS posting ON posting.id = NEW.posting_id
    WHERE giver.id = NEW.source_id AND giver.holder = 'CITY'
        AND posting.kind NOT IN ('OPENING', 'GRANT', 'POST', 'REVERSAL');
    -- What leaves on a day is missing on that day and on every later one: none of them may close below zero.
    SELECT RAISE(ABORT, 'LEDGER_SHORT')
    FROM proposals_account AS giver JOIN proposals_posting AS posting ON posting.id = NEW.posting_id
    WHERE giver.id = NEW.source_id AND giver.holder <> 'CITY' AND posting.kind <> 'OPENING'
        AND (
            COALESCE((
                SELECT closing FROM proposals_daytotal
                WHERE account_id = giver.id AND day <= NEW.effective_on ORDER BY day DESC LIMIT 1
            ), 0) < NEW.n
            OR EXISTS (
                SELECT 1 FROM proposals_daytotal
                WHERE account_id = giver.id AND day > NEW.effective_on AND closing < NEW.n
            )
        );
END;

-- trigger proposals_movement_kept
CREATE TRIGGER proposals_movement_kept AFTER INSERT ON proposals_movement
BEGIN
    UPDATE proposals_account
    SET balance = balance - NEW.n,
        floor = CASE
            WHEN holder <> 'CITY' AND (SELECT kind FROM proposals_posting WHERE id = NEW.posting_id) = 'OPENING'
            THEN MIN(floor, balance - NEW.n) ELSE floor END
    WHERE id = NEW.source_id;
    -- An imported excess only shrinks: its floor rises with every post that comes back.
    UPDATE proposals_account
    SET balance = balance + NEW.n, floor = CASE WHEN floor < 0 THEN MIN(0, balance + NEW.n) ELSE floor END
    WHERE id = NEW.target_id;
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
END;
