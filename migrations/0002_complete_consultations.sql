-- New columns without a default need a new table. Its rows are put back under its old name, so that the references to it hold again.
PRAGMA defer_foreign_keys = on;
--> statement-breakpoint
CREATE TABLE `consultation_before` AS SELECT * FROM `consultation`;
--> statement-breakpoint
DROP TABLE `consultation`;
--> statement-breakpoint
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
	`responsible_center` text NOT NULL,
	`return_by_on` text,
	`is_restricted` integer NOT NULL,
	`proposed_person` text,
	`proposed_at` integer,
	`released_at` integer,
	`waited_for` text,
	`waiting_until_on` text,
	`has_open_question` integer NOT NULL,
	`first_answered_at` integer,
	`last_contact_at` integer,
	`outcome` text,
	`issue_tags` text NOT NULL,
	`wants_faq_draft` integer NOT NULL,
	`closing_proposed_at` integer,
	`closed_at` integer,
	`merged_into` text,
	`status_before_merge` text,
	`snoozed_deadline` text,
	`snoozed_until` integer,
	`due_at` integer,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`sending_center`) REFERENCES `center`(`code`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`sender`) REFERENCES `staff`(`slack_user_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_in_charge`) REFERENCES `staff`(`slack_user_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`responsible_center`) REFERENCES `center`(`code`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`proposed_person`) REFERENCES `staff`(`slack_user_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`merged_into`) REFERENCES `consultation`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO `consultation` (`id`, `reference`, `kind`, `urgency`, `status`, `version`, `sending_center`, `sender`, `topics`, `supports`, `desired_on`, `submitted_at`, `person_in_charge`, `accepted_at`, `answer_count`, `responsible_center`, `return_by_on`, `is_restricted`, `proposed_person`, `proposed_at`, `released_at`, `waited_for`, `waiting_until_on`, `has_open_question`, `first_answered_at`, `last_contact_at`, `outcome`, `issue_tags`, `wants_faq_draft`, `closing_proposed_at`, `closed_at`, `merged_into`, `status_before_merge`, `snoozed_deadline`, `snoozed_until`, `due_at`, `updated_at`)
SELECT `id`, `reference`, `kind`, `urgency`, `status`, `version`, `sending_center`, `sender`, `topics`, `supports`, `desired_on`, `submitted_at`, `person_in_charge`, `accepted_at`, `answer_count`, `sending_center`, NULL, 0, NULL, NULL, NULL, NULL, NULL, 0, (SELECT min(`answered_at`) FROM `answer` WHERE `answer`.`consultation_id` = `consultation_before`.`id`), (SELECT max(`answered_at`) FROM `answer` WHERE `answer`.`consultation_id` = `consultation_before`.`id`), NULL, '[]', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, coalesce(`accepted_at`, `submitted_at`)
FROM `consultation_before`;
--> statement-breakpoint
DROP TABLE `consultation_before`;
--> statement-breakpoint
CREATE UNIQUE INDEX `consultation_reference` ON `consultation` (`reference`);
--> statement-breakpoint
CREATE INDEX `consultation_center` ON `consultation` (`sending_center`,`submitted_at`);
--> statement-breakpoint
CREATE INDEX `consultation_status` ON `consultation` (`status`,`submitted_at`);
--> statement-breakpoint
CREATE TABLE `closing_report` (
	`consultation_id` text PRIMARY KEY NOT NULL,
	`lessons` text,
	`measures` text,
	`prevention` text,
	`written_by` text NOT NULL,
	`written_at` integer NOT NULL,
	FOREIGN KEY (`consultation_id`) REFERENCES `consultation`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "lessons_is_sealed" CHECK("closing_report"."lessons" GLOB 'v1.*.*.*'),
	CONSTRAINT "measures_is_sealed" CHECK("closing_report"."measures" GLOB 'v1.*.*.*'),
	CONSTRAINT "prevention_is_sealed" CHECK("closing_report"."prevention" GLOB 'v1.*.*.*')
);
--> statement-breakpoint
CREATE TABLE `rating` (
	`consultation_id` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL,
	`comment` text,
	`rated_by` text NOT NULL,
	`rated_at` integer NOT NULL,
	FOREIGN KEY (`consultation_id`) REFERENCES `consultation`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "comment_is_sealed" CHECK("rating"."comment" GLOB 'v1.*.*.*')
);
--> statement-breakpoint
CREATE TABLE `subject_token` (
	`token` integer NOT NULL,
	`submitted_at` integer NOT NULL,
	`consultation_id` text NOT NULL,
	PRIMARY KEY(`token`, `submitted_at`, `consultation_id`),
	FOREIGN KEY (`consultation_id`) REFERENCES `consultation`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `subject_token_consultation` ON `subject_token` (`consultation_id`);
--> statement-breakpoint
CREATE TABLE `handover` (
	`id` text PRIMARY KEY NOT NULL,
	`consultation_id` text NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`from_center` text NOT NULL,
	`to_center` text NOT NULL,
	`offered_by` text NOT NULL,
	`offered_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`return_by_on` text,
	`settled_by` text,
	`settled_at` integer,
	FOREIGN KEY (`consultation_id`) REFERENCES `consultation`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`from_center`) REFERENCES `center`(`code`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`to_center`) REFERENCES `center`(`code`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `handover_one_open` ON `handover` (`consultation_id`) WHERE state = 'offered';
--> statement-breakpoint
CREATE INDEX `handover_consultation` ON `handover` (`consultation_id`,`offered_at`);
--> statement-breakpoint
CREATE INDEX `handover_expiry` ON `handover` (`expires_at`) WHERE state = 'offered';
--> statement-breakpoint
CREATE INDEX `handover_to` ON `handover` (`to_center`) WHERE state = 'offered';
--> statement-breakpoint
CREATE TABLE `consultation_topic` (
	`topic` text NOT NULL,
	`submitted_at` integer NOT NULL,
	`consultation_id` text NOT NULL,
	PRIMARY KEY(`topic`, `submitted_at`, `consultation_id`),
	FOREIGN KEY (`consultation_id`) REFERENCES `consultation`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `consultation_topic_consultation` ON `consultation_topic` (`consultation_id`);
--> statement-breakpoint
CREATE TABLE `consultation_link` (
	`one` text NOT NULL,
	`other` text NOT NULL,
	`linked_by` text NOT NULL,
	`linked_at` integer NOT NULL,
	PRIMARY KEY(`one`, `other`),
	FOREIGN KEY (`one`) REFERENCES `consultation`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`other`) REFERENCES `consultation`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `consultation_link_other` ON `consultation_link` (`other`);
--> statement-breakpoint
CREATE TABLE `activity` (
	`id` text PRIMARY KEY NOT NULL,
	`consultation_id` text NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`held_on` text NOT NULL,
	`starts_at_time` text,
	`people` text NOT NULL,
	`bodies` text NOT NULL,
	`summary` text,
	`author` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`consultation_id`) REFERENCES `consultation`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "summary_is_sealed" CHECK("activity"."summary" GLOB 'v1.*.*.*')
);
--> statement-breakpoint
CREATE INDEX `activity_consultation` ON `activity` (`consultation_id`,`held_on`);
--> statement-breakpoint
CREATE TABLE `deadline` (
	`consultation_id` text NOT NULL,
	`kind` text NOT NULL,
	`due_at` integer NOT NULL,
	`remind_at` integer,
	PRIMARY KEY(`consultation_id`, `kind`),
	FOREIGN KEY (`consultation_id`) REFERENCES `consultation`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `deadline_remind` ON `deadline` (`remind_at`);
--> statement-breakpoint
CREATE INDEX `deadline_due` ON `deadline` (`due_at`);
--> statement-breakpoint
CREATE TABLE `deadline_review` (
	`id` integer PRIMARY KEY NOT NULL,
	`reckoned_by` text NOT NULL,
	`reviewed_until` text
);
--> statement-breakpoint
CREATE TABLE `digest` (
	`person` text NOT NULL,
	`digest_on` text NOT NULL,
	`sent_at` integer NOT NULL,
	PRIMARY KEY(`person`, `digest_on`)
);
--> statement-breakpoint
CREATE TABLE `shared_note` (
	`id` text PRIMARY KEY NOT NULL,
	`consultation_id` text NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`topics` text NOT NULL,
	`matter` text NOT NULL,
	`response` text NOT NULL,
	`prevention` text,
	`version` integer NOT NULL,
	`proposed_by` text NOT NULL,
	`proposed_at` integer NOT NULL,
	`settled_by` text,
	`settled_at` integer,
	FOREIGN KEY (`consultation_id`) REFERENCES `consultation`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "matter_is_sealed" CHECK("shared_note"."matter" GLOB 'v1.*.*.*'),
	CONSTRAINT "response_is_sealed" CHECK("shared_note"."response" GLOB 'v1.*.*.*'),
	CONSTRAINT "prevention_is_sealed" CHECK("shared_note"."prevention" GLOB 'v1.*.*.*')
);
--> statement-breakpoint
CREATE UNIQUE INDEX `shared_note_consultation` ON `shared_note` (`consultation_id`);
--> statement-breakpoint
CREATE INDEX `shared_note_state` ON `shared_note` (`state`,`settled_at`);
--> statement-breakpoint
CREATE TABLE `member` (
	`consultation_id` text NOT NULL,
	`slack_user_id` text NOT NULL,
	`added_by` text NOT NULL,
	`added_at` integer NOT NULL,
	PRIMARY KEY(`consultation_id`, `slack_user_id`),
	FOREIGN KEY (`consultation_id`) REFERENCES `consultation`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`slack_user_id`) REFERENCES `staff`(`slack_user_id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `member_person` ON `member` (`slack_user_id`);
--> statement-breakpoint
CREATE TABLE `note` (
	`id` text PRIMARY KEY NOT NULL,
	`consultation_id` text NOT NULL,
	`kind` text NOT NULL,
	`author` text NOT NULL,
	`body` text NOT NULL,
	`written_at` integer NOT NULL,
	`edited_at` integer,
	`deleted_in_slack_at` integer,
	FOREIGN KEY (`consultation_id`) REFERENCES `consultation`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "body_is_sealed" CHECK("note"."body" GLOB 'v1.*.*.*')
);
--> statement-breakpoint
CREATE INDEX `note_consultation` ON `note` (`consultation_id`,`written_at`);
--> statement-breakpoint
CREATE TABLE `submission` (
	`key` text PRIMARY KEY NOT NULL,
	`consultation_id` text NOT NULL,
	`digest` text NOT NULL,
	`stored_at` integer NOT NULL,
	FOREIGN KEY (`consultation_id`) REFERENCES `consultation`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "digest_is_sealed" CHECK("submission"."digest" GLOB 'v1.*.*.*')
);
--> statement-breakpoint
CREATE TABLE `answer_template` (
	`id` text PRIMARY KEY NOT NULL,
	`title` text NOT NULL,
	`body` text NOT NULL,
	`version` integer NOT NULL,
	`updated_by` text NOT NULL,
	`updated_at` integer NOT NULL,
	`submission_key` text NOT NULL,
	`removed_at` integer,
	CONSTRAINT "title_is_sealed" CHECK("answer_template"."title" GLOB 'v1.*.*.*'),
	CONSTRAINT "body_is_sealed" CHECK("answer_template"."body" GLOB 'v1.*.*.*')
);
--> statement-breakpoint
CREATE UNIQUE INDEX `answer_template_submission_key` ON `answer_template` (`submission_key`);
--> statement-breakpoint
CREATE TABLE `thread_message` (
	`channel` text NOT NULL,
	`ts` text NOT NULL,
	`consultation_id` text NOT NULL,
	`author` text NOT NULL,
	`state` text NOT NULL,
	`note_id` text,
	`seen_at` integer NOT NULL,
	PRIMARY KEY(`channel`, `ts`),
	FOREIGN KEY (`consultation_id`) REFERENCES `consultation`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`note_id`) REFERENCES `note`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `thread_message_consultation` ON `thread_message` (`consultation_id`);
--> statement-breakpoint
CREATE TABLE `absence` (
	`id` text PRIMARY KEY NOT NULL,
	`person` text NOT NULL,
	`deputy` text NOT NULL,
	`from_on` text NOT NULL,
	`until_on` text NOT NULL,
	`noted_by` text NOT NULL,
	`noted_at` integer NOT NULL,
	`ended_at` integer,
	FOREIGN KEY (`person`) REFERENCES `staff`(`slack_user_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`deputy`) REFERENCES `staff`(`slack_user_id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `absence_until` ON `absence` (`until_on`);
--> statement-breakpoint
CREATE INDEX `consultation_submitted` ON `consultation` (`submitted_at`);
--> statement-breakpoint
CREATE INDEX `consultation_responsible` ON `consultation` (`responsible_center`,`submitted_at`);
--> statement-breakpoint
CREATE INDEX `consultation_in_charge` ON `consultation` (`person_in_charge`,`status`,`submitted_at`);
--> statement-breakpoint
CREATE INDEX `consultation_sender` ON `consultation` (`sender`,`submitted_at`);
--> statement-breakpoint
CREATE INDEX `consultation_due` ON `consultation` (`due_at`) WHERE due_at IS NOT NULL;
--> statement-breakpoint
CREATE INDEX `consultation_open_center` ON `consultation` (`sending_center`,`submitted_at`) WHERE status IN ('submitted', 'accepted', 'active', 'waiting', 'closing');
--> statement-breakpoint
CREATE INDEX `consultation_open_responsible` ON `consultation` (`responsible_center`,`submitted_at`) WHERE status IN ('submitted', 'accepted', 'active', 'waiting', 'closing');
--> statement-breakpoint
CREATE INDEX `consultation_open_in_charge` ON `consultation` (`person_in_charge`,CASE WHEN due_at IS NULL THEN 8640000000000000 ELSE due_at END,`id`) WHERE status IN ('submitted', 'accepted', 'active', 'waiting', 'closing');
--> statement-breakpoint
CREATE INDEX `consultation_unaccepted` ON `consultation` (`due_at`,`id`) WHERE status = 'submitted';
--> statement-breakpoint
CREATE INDEX `consultation_proposed` ON `consultation` (`proposed_person`) WHERE proposed_person IS NOT NULL;
--> statement-breakpoint
CREATE INDEX `consultation_waiting` ON `consultation` (`waiting_until_on`) WHERE waiting_until_on IS NOT NULL;
--> statement-breakpoint
ALTER TABLE `city` ADD `deadlines` text;
--> statement-breakpoint
CREATE INDEX `posted_card_place` ON `posted_card` (`channel`,`ts`);
--> statement-breakpoint
-- The topics of the cases that are there already.
INSERT INTO `consultation_topic` (`topic`, `submitted_at`, `consultation_id`)
SELECT DISTINCT `value`, `submitted_at`, `consultation`.`id`
FROM `consultation`, json_each(CASE WHEN json_valid(`topics`) THEN `topics` ELSE '[]' END);
