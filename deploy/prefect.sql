-- Prefect's own database. It holds the history of runs and may be wiped; the archive is in the other one.
CREATE DATABASE prefect;
