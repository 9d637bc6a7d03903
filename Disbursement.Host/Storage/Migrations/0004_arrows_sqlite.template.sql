CREATE TRIGGER $table$_arrow BEFORE UPDATE ON $table$
WHEN NEW.state <> OLD.state AND OLD.state || ' ' || NEW.state NOT IN ($arrows$) BEGIN
    SELECT RAISE(ABORT, '$table$: no arrow leads there');
END;
