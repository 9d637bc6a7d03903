GRANT SELECT, INSERT ON $table$ TO disburse_app;
