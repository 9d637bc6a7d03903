CREATE TRIGGER $table$_arrow BEFORE UPDATE ON $table$ FOR EACH ROW
    WHEN (NEW.state <> OLD.state AND OLD.state || ' ' || NEW.state NOT IN ($arrows$)) EXECUTE FUNCTION arrow_law();
