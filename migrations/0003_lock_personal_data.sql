CREATE TABLE `posted_message` (
	`channel` text NOT NULL,
	`ts` text NOT NULL,
	`about` text NOT NULL,
	PRIMARY KEY(`channel`, `ts`)
);
--> statement-breakpoint
CREATE INDEX `posted_message_about` ON `posted_message` (`about`);--> statement-breakpoint
CREATE TABLE `sign_in_attempt` (
	`id` text PRIMARY KEY NOT NULL,
	`browser` text NOT NULL,
	`nonce` text NOT NULL,
	`verifier` text NOT NULL,
	`return_to` text NOT NULL,
	`address` text NOT NULL,
	`started_at` integer NOT NULL,
	`used_at` integer
);
--> statement-breakpoint
CREATE INDEX `sign_in_attempt_address` ON `sign_in_attempt` (`address`,`started_at`);--> statement-breakpoint
CREATE INDEX `sign_in_attempt_started` ON `sign_in_attempt` (`started_at`);--> statement-breakpoint
CREATE TABLE `web_session` (
	`id` text PRIMARY KEY NOT NULL,
	`slack_user_id` text NOT NULL,
	`form_token` text NOT NULL,
	`started_at` integer NOT NULL,
	`seen_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `web_session_person` ON `web_session` (`slack_user_id`);--> statement-breakpoint
CREATE INDEX `web_session_started` ON `web_session` (`started_at`);--> statement-breakpoint
CREATE TABLE `reading_flag` (
	`slack_user_id` text NOT NULL,
	`hour` integer NOT NULL,
	`cases` integer NOT NULL,
	`flagged_at` integer NOT NULL,
	PRIMARY KEY(`slack_user_id`, `hour`)
);
--> statement-breakpoint
CREATE TABLE `resident_request` (
	`id` text PRIMARY KEY NOT NULL,
	`consultation_id` text NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`received_on` text NOT NULL,
	`due_on` text NOT NULL,
	`note` text,
	`settled_on` text,
	`settlement` text,
	`noted_at` integer NOT NULL,
	`noted_by` text NOT NULL,
	`settled_by` text,
	FOREIGN KEY (`consultation_id`) REFERENCES `consultation`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "note_is_sealed" CHECK("resident_request"."note" GLOB 'v1.*.*.*'),
	CONSTRAINT "settlement_is_sealed" CHECK("resident_request"."settlement" GLOB 'v1.*.*.*')
);
--> statement-breakpoint
CREATE INDEX `resident_request_case` ON `resident_request` (`consultation_id`);--> statement-breakpoint
CREATE INDEX `resident_request_due` ON `resident_request` (`due_on`) WHERE settled_on IS NULL;--> statement-breakpoint
CREATE TABLE `case_file` (
	`id` text PRIMARY KEY NOT NULL,
	`consultation_id` text NOT NULL,
	`name` text NOT NULL,
	`type` text NOT NULL,
	`bytes` integer NOT NULL,
	`added_by` text NOT NULL,
	`added_at` integer NOT NULL,
	`removed_by` text,
	`removed_at` integer,
	FOREIGN KEY (`consultation_id`) REFERENCES `consultation`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "name_is_sealed" CHECK("case_file"."name" GLOB 'v1.*.*.*')
);
--> statement-breakpoint
CREATE INDEX `case_file_case` ON `case_file` (`consultation_id`,`added_at`);--> statement-breakpoint
CREATE TABLE `break_glass` (
	`id` text PRIMARY KEY NOT NULL,
	`consultation_id` text NOT NULL,
	`slack_user_id` text NOT NULL,
	`reason` text NOT NULL,
	`granted_at` integer NOT NULL,
	`until` integer NOT NULL,
	FOREIGN KEY (`consultation_id`) REFERENCES `consultation`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "reason_is_sealed" CHECK("break_glass"."reason" GLOB 'v1.*.*.*')
);
--> statement-breakpoint
CREATE INDEX `break_glass_case` ON `break_glass` (`consultation_id`,`until`);--> statement-breakpoint
CREATE INDEX `break_glass_person` ON `break_glass` (`slack_user_id`,`until`);--> statement-breakpoint
CREATE TABLE `viewing_purpose` (
	`consultation_id` text NOT NULL,
	`slack_user_id` text NOT NULL,
	`purpose` text NOT NULL,
	`words` text,
	`stated_at` integer NOT NULL,
	PRIMARY KEY(`consultation_id`, `slack_user_id`),
	FOREIGN KEY (`consultation_id`) REFERENCES `consultation`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "words_is_sealed" CHECK("viewing_purpose"."words" GLOB 'v1.*.*.*')
);
--> statement-breakpoint
CREATE TABLE `erasure_warning` (
	`consultation_id` text PRIMARY KEY NOT NULL,
	`erase_on` text NOT NULL,
	`warned_at` integer NOT NULL,
	FOREIGN KEY (`consultation_id`) REFERENCES `consultation`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `legal_hold` (
	`id` text PRIMARY KEY NOT NULL,
	`consultation_id` text NOT NULL,
	`reason` text NOT NULL,
	`held_by` text NOT NULL,
	`held_at` integer NOT NULL,
	`lifted_by` text,
	`lifted_at` integer,
	FOREIGN KEY (`consultation_id`) REFERENCES `consultation`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "reason_is_sealed" CHECK("legal_hold"."reason" GLOB 'v1.*.*.*')
);
--> statement-breakpoint
CREATE INDEX `legal_hold_case` ON `legal_hold` (`consultation_id`);--> statement-breakpoint
ALTER TABLE `outbox` ADD `about` text;--> statement-breakpoint
ALTER TABLE `consultation` ADD `erased_at` integer;--> statement-breakpoint
CREATE INDEX `consultation_closed` ON `consultation` (`closed_at`) WHERE closed_at IS NOT NULL AND erased_at IS NULL;--> statement-breakpoint
ALTER TABLE `city` ADD `retention` text;--> statement-breakpoint
ALTER TABLE `city` ADD `reading_limit` integer;--> statement-breakpoint
CREATE INDEX `audit_entry_actor` ON `audit_entry` (`actor`,`at`);--> statement-breakpoint
CREATE INDEX `case_key_by_key` ON `case_key` (`key_id`,`case_id`);