-- The audit log only grows: no UPDATE and no DELETE, whoever asks. Days once found broken stay marked.
CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry BEGIN SELECT RAISE(ABORT, 'audit_entry is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry BEGIN SELECT RAISE(ABORT, 'audit_entry is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER audit_digest_no_update BEFORE UPDATE OF day, entries, previous_digest, digest, closed_at ON audit_digest BEGIN SELECT RAISE(ABORT, 'audit_digest is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER audit_digest_stays_broken BEFORE UPDATE OF broken_at ON audit_digest WHEN OLD.broken_at IS NOT NULL BEGIN SELECT RAISE(ABORT, 'audit_digest is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER audit_digest_no_delete BEFORE DELETE ON audit_digest BEGIN SELECT RAISE(ABORT, 'audit_digest is append-only'); END;
--> statement-breakpoint
-- A reference is never reused.
CREATE TRIGGER reference_number_no_delete BEFORE DELETE ON reference_number BEGIN SELECT RAISE(ABORT, 'reference_number is never reused'); END;
