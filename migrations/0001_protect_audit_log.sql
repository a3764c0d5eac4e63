-- The audit log only grows: no UPDATE, no DELETE and no REPLACE, whoever asks. Days once found broken stay marked.
-- An INSERT OR REPLACE fires no DELETE trigger, so a row that exists is refused before it; the words are those of SQLite's own
-- constraint, by which the Worker knows that somebody else was first.
CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry BEGIN SELECT RAISE(ABORT, 'audit_entry is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry BEGIN SELECT RAISE(ABORT, 'audit_entry is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER audit_entry_no_replace BEFORE INSERT ON audit_entry WHEN EXISTS (SELECT 1 FROM audit_entry WHERE chain = NEW.chain AND seq = NEW.seq) BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: audit_entry.chain, audit_entry.seq'); END;
--> statement-breakpoint
CREATE TRIGGER audit_digest_no_update BEFORE UPDATE OF day, entries, previous_digest, digest, closed_at ON audit_digest BEGIN SELECT RAISE(ABORT, 'audit_digest is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER audit_digest_stays_broken BEFORE UPDATE OF broken_at ON audit_digest WHEN OLD.broken_at IS NOT NULL BEGIN SELECT RAISE(ABORT, 'audit_digest is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER audit_digest_no_delete BEFORE DELETE ON audit_digest BEGIN SELECT RAISE(ABORT, 'audit_digest is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER audit_digest_no_replace BEFORE INSERT ON audit_digest WHEN EXISTS (SELECT 1 FROM audit_digest WHERE day = NEW.day) BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: audit_digest.day'); END;
--> statement-breakpoint
-- A reference is never reused. A form that comes again is ignored, as its ON CONFLICT DO NOTHING wants it.
CREATE TRIGGER reference_number_no_update BEFORE UPDATE ON reference_number BEGIN SELECT RAISE(ABORT, 'reference_number is never reused'); END;
--> statement-breakpoint
CREATE TRIGGER reference_number_no_delete BEFORE DELETE ON reference_number BEGIN SELECT RAISE(ABORT, 'reference_number is never reused'); END;
--> statement-breakpoint
CREATE TRIGGER reference_number_no_replace BEFORE INSERT ON reference_number WHEN EXISTS (SELECT 1 FROM reference_number WHERE submission_key = NEW.submission_key OR (series = NEW.series AND number = NEW.number)) BEGIN SELECT RAISE(IGNORE); END;
