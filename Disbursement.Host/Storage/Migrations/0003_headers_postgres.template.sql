GRANT SELECT, INSERT, UPDATE ON $table$ TO disburse_app;
CREATE TRIGGER $table$_first BEFORE INSERT ON $table$ FOR EACH ROW
    WHEN (NEW.version <> 1) EXECUTE FUNCTION header_law();
CREATE TRIGGER $table$_version BEFORE UPDATE ON $table$ FOR EACH ROW
    WHEN (NEW.version <> OLD.version + 1 OR NOT ($oldKey$)) EXECUTE FUNCTION header_law();
