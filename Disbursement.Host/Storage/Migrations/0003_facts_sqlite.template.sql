-- For each fact table: written once, never changed, never deleted.
CREATE TRIGGER $table$_once BEFORE INSERT ON $table$ BEGIN
    SELECT RAISE(ABORT, 'a fact is written once') WHERE EXISTS (SELECT 1 FROM $table$ t WHERE $sameKey$);
END;
CREATE TRIGGER $table$_fixed BEFORE UPDATE ON $table$ BEGIN
    SELECT RAISE(ABORT, 'a fact is never changed');
END;
CREATE TRIGGER $table$_kept BEFORE DELETE ON $table$ BEGIN
    SELECT RAISE(ABORT, 'a fact is never deleted');
END;
