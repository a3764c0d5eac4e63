CREATE TABLE `audit_digest` (
	`day` text PRIMARY KEY NOT NULL,
	`entries` integer NOT NULL,
	`previous_digest` text NOT NULL,
	`digest` text NOT NULL,
	`closed_at` integer NOT NULL,
	`broken_at` integer
);
--> statement-breakpoint
CREATE TABLE `audit_entry` (
	`chain` text NOT NULL,
	`seq` integer NOT NULL,
	`case_id` text,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	`action` text NOT NULL,
	`outcome` text NOT NULL,
	`surface` text NOT NULL,
	`detail` text NOT NULL,
	`previous_hash` text NOT NULL,
	`hash` text NOT NULL,
	PRIMARY KEY(`chain`, `seq`)
);
--> statement-breakpoint
CREATE INDEX `audit_entry_at` ON `audit_entry` (`at`);--> statement-breakpoint
CREATE INDEX `audit_entry_case` ON `audit_entry` (`case_id`,`at`);--> statement-breakpoint
CREATE TABLE `case_key` (
	`case_id` text PRIMARY KEY NOT NULL,
	`key_id` text NOT NULL,
	`wrapped` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`lane` text NOT NULL,
	`slot` text,
	`channel` text NOT NULL,
	`person` text,
	`message` text NOT NULL,
	`state` text DEFAULT 'waiting' NOT NULL,
	`created_at` integer NOT NULL,
	`due_at` integer NOT NULL,
	`first_tried_at` integer,
	`attempts` integer DEFAULT 0 NOT NULL,
	`last_error` text,
	`settled_at` integer,
	`reported_at` integer
);
--> statement-breakpoint
CREATE INDEX `outbox_due` ON `outbox` (`due_at`,`id`) WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX `outbox_lane` ON `outbox` (`lane`,`id`) WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX `outbox_unreported` ON `outbox` (`id`) WHERE reported_at IS NULL AND (state = 'dead' OR (state = 'waiting' AND last_error LIKE 'refused:%'));--> statement-breakpoint
CREATE INDEX `outbox_settled` ON `outbox` (`settled_at`) WHERE state <> 'waiting';--> statement-breakpoint
CREATE TABLE `posted_card` (
	`slot` text PRIMARY KEY NOT NULL,
	`channel` text NOT NULL,
	`ts` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `slack_account` (
	`slack_user_id` text PRIMARY KEY NOT NULL,
	`is_guest` integer NOT NULL,
	`checked_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `slack_workspace` (
	`id` integer PRIMARY KEY NOT NULL,
	`team_id` text NOT NULL,
	`bot_user_id` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `answer` (
	`id` text PRIMARY KEY NOT NULL,
	`consultation_id` text NOT NULL,
	`submission_key` text NOT NULL,
	`author` text NOT NULL,
	`body` text NOT NULL,
	`answered_at` integer NOT NULL,
	FOREIGN KEY (`consultation_id`) REFERENCES `consultation`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`author`) REFERENCES `staff`(`slack_user_id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "body_is_sealed" CHECK("answer"."body" GLOB 'v1.*.*.*')
);
--> statement-breakpoint
CREATE UNIQUE INDEX `answer_submission_key` ON `answer` (`submission_key`);--> statement-breakpoint
CREATE INDEX `answer_consultation` ON `answer` (`consultation_id`,`answered_at`);--> statement-breakpoint
CREATE TABLE `consultation` (
	`id` text PRIMARY KEY NOT NULL,
	`reference` text NOT NULL,
	`kind` text NOT NULL,
	`urgency` text NOT NULL,
	`status` text NOT NULL,
	`version` integer NOT NULL,
	`sending_center` text NOT NULL,
	`sender` text NOT NULL,
	`topics` text NOT NULL,
	`supports` text NOT NULL,
	`desired_on` text,
	`submitted_at` integer NOT NULL,
	`person_in_charge` text,
	`accepted_at` integer,
	`answer_count` integer NOT NULL,
	FOREIGN KEY (`sending_center`) REFERENCES `center`(`code`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`sender`) REFERENCES `staff`(`slack_user_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_in_charge`) REFERENCES `staff`(`slack_user_id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `consultation_reference` ON `consultation` (`reference`);--> statement-breakpoint
CREATE INDEX `consultation_center` ON `consultation` (`sending_center`,`submitted_at`);--> statement-breakpoint
CREATE INDEX `consultation_status` ON `consultation` (`status`,`submitted_at`);--> statement-breakpoint
CREATE TABLE `consultation_content` (
	`consultation_id` text PRIMARY KEY NOT NULL,
	`body` text NOT NULL,
	`subject_name` text,
	`subject_kana` text,
	`subject_age` text,
	`subject_address` text,
	`subject_phone` text,
	`subject_insured_number` text,
	FOREIGN KEY (`consultation_id`) REFERENCES `consultation`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "body_is_sealed" CHECK("consultation_content"."body" GLOB 'v1.*.*.*'),
	CONSTRAINT "subjectName_is_sealed" CHECK("consultation_content"."subject_name" GLOB 'v1.*.*.*'),
	CONSTRAINT "subjectKana_is_sealed" CHECK("consultation_content"."subject_kana" GLOB 'v1.*.*.*'),
	CONSTRAINT "subjectAge_is_sealed" CHECK("consultation_content"."subject_age" GLOB 'v1.*.*.*'),
	CONSTRAINT "subjectAddress_is_sealed" CHECK("consultation_content"."subject_address" GLOB 'v1.*.*.*'),
	CONSTRAINT "subjectPhone_is_sealed" CHECK("consultation_content"."subject_phone" GLOB 'v1.*.*.*'),
	CONSTRAINT "subjectInsuredNumber_is_sealed" CHECK("consultation_content"."subject_insured_number" GLOB 'v1.*.*.*')
);
--> statement-breakpoint
CREATE TABLE `reference_number` (
	`submission_key` text PRIMARY KEY NOT NULL,
	`series` text NOT NULL,
	`number` integer NOT NULL,
	`consultation_id` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `reference_number_consultation` ON `reference_number` (`consultation_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `reference_number_series` ON `reference_number` (`series`,`number`);--> statement-breakpoint
CREATE TABLE `center` (
	`code` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`short` text NOT NULL,
	`channel` text,
	`area` text,
	`position` integer NOT NULL,
	`closed_at` integer
);
--> statement-breakpoint
CREATE TABLE `city` (
	`id` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`fiscal_year_start` integer NOT NULL,
	`business_hours` text NOT NULL,
	`closed_days` text NOT NULL,
	`personal_data_entry` text NOT NULL,
	`triage_channel` text NOT NULL,
	`heads_channel` text,
	`drill_channel` text,
	`imported_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `city_file_entry` (
	`section` text NOT NULL,
	`position` integer NOT NULL,
	`body` text NOT NULL,
	PRIMARY KEY(`section`, `position`)
);
--> statement-breakpoint
CREATE TABLE `staff` (
	`slack_user_id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`center` text NOT NULL,
	`profession` text NOT NULL,
	`role` text NOT NULL,
	`is_admin` integer NOT NULL,
	`is_on_duty` integer NOT NULL,
	`email` text,
	`position` integer NOT NULL,
	`removed_at` integer,
	FOREIGN KEY (`center`) REFERENCES `center`(`code`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `staff_center` ON `staff` (`center`);