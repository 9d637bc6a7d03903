-- For each header table: never inserted again, never deleted, updated only under its version and key.
CREATE TRIGGER $table$_once BEFORE INSERT ON $table$ BEGIN
    SELECT RAISE(ABORT, 'a header is created once') WHERE EXISTS (SELECT 1 FROM $table$ t WHERE $sameKey$);
    SELECT RAISE(ABORT, 'a header begins at version 1') WHERE NEW.version <> 1;
END;
CREATE TRIGGER $table$_version BEFORE UPDATE ON $table$
WHEN NEW.version <> OLD.version + 1 OR NOT ($oldKey$) BEGIN
    SELECT RAISE(ABORT, 'a header is updated under its version and key');
END;
CREATE TRIGGER $table$_kept BEFORE DELETE ON $table$ BEGIN
    SELECT RAISE(ABORT, 'nothing is deleted');
END;
