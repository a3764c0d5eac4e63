CREATE TABLE `api_token` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`scope` text NOT NULL,
	`hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`used_on` text,
	`revoked_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `api_token_hash` ON `api_token` (`hash`);--> statement-breakpoint
CREATE TABLE `faq_ask` (
	`id` text PRIMARY KEY NOT NULL,
	`asked_by` text NOT NULL,
	`center` text NOT NULL,
	`way` text NOT NULL,
	`text` text NOT NULL,
	`typed` text,
	`sameness` text NOT NULL,
	`at` integer NOT NULL,
	`shown` text NOT NULL,
	`read_at` integer,
	`unanswered_at` integer,
	`open_question_id` text,
	FOREIGN KEY (`asked_by`) REFERENCES `staff`(`slack_user_id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `faq_ask_at` ON `faq_ask` (`at`);--> statement-breakpoint
CREATE INDEX `faq_ask_person` ON `faq_ask` (`asked_by`,`at`);--> statement-breakpoint
CREATE INDEX `faq_ask_same` ON `faq_ask` (`sameness`,`at`);--> statement-breakpoint
CREATE INDEX `faq_ask_question` ON `faq_ask` (`open_question_id`);--> statement-breakpoint
CREATE INDEX `faq_ask_typed` ON `faq_ask` (`at`) WHERE typed IS NOT NULL;--> statement-breakpoint
CREATE INDEX `faq_ask_ungrouped` ON `faq_ask` (`unanswered_at`) WHERE unanswered_at IS NOT NULL AND open_question_id IS NULL;--> statement-breakpoint
CREATE TABLE `faq_distinct_pair` (
	`one` text NOT NULL,
	`other` text NOT NULL,
	`noted_by` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`one`, `other`)
);
--> statement-breakpoint
CREATE TABLE `faq_entry` (
	`id` text PRIMARY KEY NOT NULL,
	`number` integer NOT NULL,
	`external_id` text,
	`status` text NOT NULL,
	`question` text,
	`aliases` text,
	`answer` text,
	`topics` text,
	`links` text,
	`visibility` text NOT NULL,
	`owner` text,
	`reviewed_on` text,
	`review_due_on` text,
	`published_revision` integer,
	`published_at` integer,
	`merged_into` text,
	`submission_key` text NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`owner`) REFERENCES `staff`(`slack_user_id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `faq_entry_number` ON `faq_entry` (`number`);--> statement-breakpoint
CREATE UNIQUE INDEX `faq_entry_external_id` ON `faq_entry` (`external_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `faq_entry_submission` ON `faq_entry` (`submission_key`);--> statement-breakpoint
CREATE INDEX `faq_entry_status` ON `faq_entry` (`status`,`updated_at`);--> statement-breakpoint
CREATE INDEX `faq_entry_review` ON `faq_entry` (`status`,`review_due_on`);--> statement-breakpoint
CREATE TABLE `faq_index_task` (
	`what` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `faq_notice` (
	`about` text NOT NULL,
	`what` text NOT NULL,
	`recipient` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`about`, `what`, `recipient`)
);
--> statement-breakpoint
CREATE TABLE `faq_open_question` (
	`id` text PRIMARY KEY NOT NULL,
	`number` integer NOT NULL,
	`text` text NOT NULL,
	`state` text NOT NULL,
	`owner` text,
	`due_on` text,
	`entry_id` text,
	`reason` text,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`settled_at` integer,
	FOREIGN KEY (`owner`) REFERENCES `staff`(`slack_user_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`entry_id`) REFERENCES `faq_entry`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `faq_open_question_number` ON `faq_open_question` (`number`);--> statement-breakpoint
CREATE INDEX `faq_open_question_state` ON `faq_open_question` (`state`,`due_on`);--> statement-breakpoint
CREATE TABLE `faq_reading` (
	`ask_id` text NOT NULL,
	`entry_id` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`ask_id`, `entry_id`),
	FOREIGN KEY (`ask_id`) REFERENCES `faq_ask`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`entry_id`) REFERENCES `faq_entry`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `faq_reading_entry` ON `faq_reading` (`entry_id`);--> statement-breakpoint
CREATE TABLE `faq_revision` (
	`entry_id` text NOT NULL,
	`number` integer NOT NULL,
	`state` text NOT NULL,
	`content` text,
	`visibility` text NOT NULL,
	`source` text NOT NULL,
	`consultation_id` text,
	`open_question_id` text,
	`editors` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`proposed_at` integer,
	`proposed_by` text,
	`decided_by` text,
	`decided_at` integer,
	`note` text,
	`erased_at` integer,
	`erased_by` text,
	PRIMARY KEY(`entry_id`, `number`),
	FOREIGN KEY (`entry_id`) REFERENCES `faq_entry`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `faq_revision_open` ON `faq_revision` (`entry_id`) WHERE state IN ('draft', 'proposed');--> statement-breakpoint
CREATE INDEX `faq_revision_state` ON `faq_revision` (`state`,`updated_at`);--> statement-breakpoint
CREATE INDEX `faq_revision_case` ON `faq_revision` (`consultation_id`);--> statement-breakpoint
CREATE TABLE `faq_synonym_group` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`words` text NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`updated_by` text,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `faq_vote` (
	`entry_id` text NOT NULL,
	`person` text NOT NULL,
	`is_helpful` integer NOT NULL,
	`ask_id` text,
	`at` integer NOT NULL,
	PRIMARY KEY(`entry_id`, `person`),
	FOREIGN KEY (`entry_id`) REFERENCES `faq_entry`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person`) REFERENCES `staff`(`slack_user_id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `faq_vote_at` ON `faq_vote` (`at`);