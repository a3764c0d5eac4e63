CREATE TABLE `roll_call_lesson` (
	`id` text PRIMARY KEY NOT NULL,
	`roll_call_id` text NOT NULL,
	`center` text NOT NULL,
	`body` text NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	`submission_key` text NOT NULL,
	`promise` text,
	`promised_by` text,
	`due_on` text,
	`done_at` integer,
	`done_by` text,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`roll_call_id`) REFERENCES `roll_call`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`center`) REFERENCES `center`(`code`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `roll_call_lesson_submission` ON `roll_call_lesson` (`submission_key`);--> statement-breakpoint
CREATE INDEX `roll_call_lesson_roll_call` ON `roll_call_lesson` (`roll_call_id`,`center`);--> statement-breakpoint
CREATE INDEX `roll_call_lesson_due` ON `roll_call_lesson` (`due_on`);--> statement-breakpoint
CREATE TABLE `roll_call_center_card` (
	`center` text PRIMARY KEY NOT NULL,
	`card_id` text NOT NULL,
	`pin` text NOT NULL,
	`made_at` integer NOT NULL,
	`made_by` text NOT NULL,
	`wrong_pins` integer DEFAULT 0 NOT NULL,
	`locked_until` integer,
	FOREIGN KEY (`center`) REFERENCES `center`(`code`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `roll_call_center_card_id` ON `roll_call_center_card` (`card_id`);--> statement-breakpoint
CREATE TABLE `priority_check` (
	`roll_call_id` text NOT NULL,
	`resident_id` text NOT NULL,
	`found` text NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	PRIMARY KEY(`roll_call_id`, `resident_id`),
	FOREIGN KEY (`resident_id`) REFERENCES `priority_resident`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `priority_count` (
	`center` text PRIMARY KEY NOT NULL,
	`total` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`updated_by` text NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`center`) REFERENCES `center`(`code`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `priority_resident` (
	`id` text PRIMARY KEY NOT NULL,
	`center` text NOT NULL,
	`name` text NOT NULL,
	`contact` text,
	`position` integer NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	`removed_at` integer,
	`submission_key` text NOT NULL,
	FOREIGN KEY (`center`) REFERENCES `center`(`code`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `priority_resident_center` ON `priority_resident` (`center`,`position`);--> statement-breakpoint
CREATE TABLE `roll_call_center_report` (
	`id` text PRIMARY KEY NOT NULL,
	`roll_call_id` text NOT NULL,
	`center` text NOT NULL,
	`number` integer NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	`reporter` text NOT NULL,
	`damage` text,
	`building` text,
	`power` text,
	`water` text,
	`gas` text,
	`telecom` text,
	`gathered` integer,
	`service` text,
	`checks_done` integer,
	`checks_total` integer,
	`needs_people` integer,
	`needs_goods` integer,
	`needs_vehicles` integer,
	`note` text,
	`submission_key` text NOT NULL,
	FOREIGN KEY (`roll_call_id`) REFERENCES `roll_call`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`center`) REFERENCES `center`(`code`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `roll_call_report_submission` ON `roll_call_center_report` (`submission_key`);--> statement-breakpoint
CREATE UNIQUE INDEX `roll_call_report_number` ON `roll_call_center_report` (`roll_call_id`,`center`,`number`);--> statement-breakpoint
CREATE TABLE `roll_call_takeover` (
	`roll_call_id` text NOT NULL,
	`center` text NOT NULL,
	`substitute` text NOT NULL,
	`proposed_at` integer NOT NULL,
	`accepted_at` integer,
	`accepted_by` text,
	`ended_at` integer,
	PRIMARY KEY(`roll_call_id`, `center`),
	FOREIGN KEY (`roll_call_id`) REFERENCES `roll_call`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`center`) REFERENCES `center`(`code`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`substitute`) REFERENCES `center`(`code`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `roll_call_reply` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`roll_call_id` text NOT NULL,
	`person` text NOT NULL,
	`at` integer NOT NULL,
	`received_at` integer NOT NULL,
	`safety` text NOT NULL,
	`place` text,
	`coming` text,
	`coming_minutes` integer,
	`family` text,
	`way` text NOT NULL,
	`by` text NOT NULL,
	`key` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `roll_call_reply_key` ON `roll_call_reply` (`roll_call_id`,`person`,`key`);--> statement-breakpoint
CREATE INDEX `roll_call_reply_at` ON `roll_call_reply` (`roll_call_id`,`at`);--> statement-breakpoint
CREATE TABLE `roll_call` (
	`id` text PRIMARY KEY NOT NULL,
	`reference` text NOT NULL,
	`series` text NOT NULL,
	`number` integer NOT NULL,
	`kind` text NOT NULL,
	`scenario` text NOT NULL,
	`instructions` text NOT NULL,
	`note` text,
	`centers` text,
	`status` text NOT NULL,
	`is_announced` integer NOT NULL,
	`by_mail` integer NOT NULL,
	`starts_at` integer NOT NULL,
	`started_at` integer,
	`closed_at` integer,
	`organiser` text NOT NULL,
	`closed_by` text,
	`slack_down_at` integer,
	`slack_back_at` integer,
	`mailed_at` integer,
	`submission_key` text NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`organiser`) REFERENCES `staff`(`slack_user_id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `roll_call_reference` ON `roll_call` (`reference`);--> statement-breakpoint
CREATE UNIQUE INDEX `roll_call_submission` ON `roll_call` (`submission_key`);--> statement-breakpoint
CREATE UNIQUE INDEX `roll_call_series` ON `roll_call` (`series`,`number`);--> statement-breakpoint
CREATE UNIQUE INDEX `roll_call_running` ON `roll_call` (`kind`) WHERE status = 'running';--> statement-breakpoint
CREATE INDEX `roll_call_status` ON `roll_call` (`status`,`starts_at`);--> statement-breakpoint
CREATE TABLE `roll_call_notice` (
	`roll_call_id` text NOT NULL,
	`what` text NOT NULL,
	`recipient` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`roll_call_id`, `what`, `recipient`)
);
--> statement-breakpoint
CREATE TABLE `roll_call_person` (
	`roll_call_id` text NOT NULL,
	`person` text NOT NULL,
	`center` text NOT NULL,
	`joined_at` integer NOT NULL,
	`left_at` integer,
	`link_id` text NOT NULL,
	`first_answered_at` integer,
	`answered_at` integer,
	`safety` text,
	`place` text,
	`coming` text,
	`coming_minutes` integer,
	`family` text,
	`way` text,
	`answered_by` text,
	`help_since` integer,
	`help_cleared_at` integer,
	`help_cleared_by` text,
	`help_reason` text,
	PRIMARY KEY(`roll_call_id`, `person`),
	FOREIGN KEY (`roll_call_id`) REFERENCES `roll_call`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person`) REFERENCES `staff`(`slack_user_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`center`) REFERENCES `center`(`code`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `roll_call_person_link` ON `roll_call_person` (`link_id`);--> statement-breakpoint
CREATE INDEX `roll_call_person_center` ON `roll_call_person` (`roll_call_id`,`center`);--> statement-breakpoint
CREATE INDEX `roll_call_person_person` ON `roll_call_person` (`person`);--> statement-breakpoint
ALTER TABLE `center` ADD `substitute` text;--> statement-breakpoint
ALTER TABLE `center` ADD `merged_into` text;--> statement-breakpoint
ALTER TABLE `city` ADD `chase_minutes` text;