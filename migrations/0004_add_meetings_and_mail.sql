CREATE TABLE `outgoing_mail` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`to` text NOT NULL,
	`subject` text NOT NULL,
	`text` text NOT NULL,
	`html` text,
	`about` text,
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
CREATE INDEX `outgoing_mail_due` ON `outgoing_mail` (`due_at`,`id`) WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX `outgoing_mail_about` ON `outgoing_mail` (`about`) WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX `outgoing_mail_unreported` ON `outgoing_mail` (`id`) WHERE reported_at IS NULL AND state = 'dead';--> statement-breakpoint
CREATE INDEX `outgoing_mail_settled` ON `outgoing_mail` (`settled_at`) WHERE state <> 'waiting';--> statement-breakpoint
CREATE TABLE `meeting_kind` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`host` text NOT NULL,
	`held_by` text,
	`attendees` text NOT NULL,
	`months` text NOT NULL,
	`day` text,
	`starts` text NOT NULL,
	`minutes` integer NOT NULL,
	`place` text,
	`url` text,
	`quorum` text,
	`holidays` text NOT NULL,
	`channel` text,
	`is_private` integer NOT NULL,
	`is_training` integer NOT NULL,
	`position` integer NOT NULL,
	`archived_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `meeting_kind_name` ON `meeting_kind` (`name`);--> statement-breakpoint
CREATE TABLE `meeting_agenda_item` (
	`id` text PRIMARY KEY NOT NULL,
	`meeting_id` text NOT NULL,
	`position` integer NOT NULL,
	`title` text NOT NULL,
	`minutes` integer,
	`center` text NOT NULL,
	`proposed_by` text NOT NULL,
	`proposed_at` integer NOT NULL,
	`consultation_id` text,
	`issue_id` text,
	`removed_at` integer,
	FOREIGN KEY (`meeting_id`) REFERENCES `meeting`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`center`) REFERENCES `center`(`code`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`proposed_by`) REFERENCES `staff`(`slack_user_id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `meeting_agenda_meeting` ON `meeting_agenda_item` (`meeting_id`,`position`);--> statement-breakpoint
CREATE INDEX `meeting_agenda_consultation` ON `meeting_agenda_item` (`consultation_id`);--> statement-breakpoint
CREATE INDEX `meeting_agenda_issue` ON `meeting_agenda_item` (`issue_id`);--> statement-breakpoint
CREATE TABLE `calendar_feed` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`person` text NOT NULL,
	`created_at` integer NOT NULL,
	`revoked_at` integer,
	`fetched_at` integer,
	FOREIGN KEY (`person`) REFERENCES `staff`(`slack_user_id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `calendar_feed_person` ON `calendar_feed` (`person`);--> statement-breakpoint
CREATE TABLE `core_attendance_request` (
	`meeting_id` text PRIMARY KEY NOT NULL,
	`requested_by` text NOT NULL,
	`requested_at` integer NOT NULL,
	`answer` text,
	`answered_by` text,
	`answered_at` integer,
	`attendee` text,
	FOREIGN KEY (`meeting_id`) REFERENCES `meeting`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`requested_by`) REFERENCES `staff`(`slack_user_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`answered_by`) REFERENCES `staff`(`slack_user_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`attendee`) REFERENCES `staff`(`slack_user_id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `core_attendance_open` ON `core_attendance_request` (`answer`);--> statement-breakpoint
CREATE TABLE `community_issue` (
	`id` text PRIMARY KEY NOT NULL,
	`reference` text NOT NULL,
	`series` text NOT NULL,
	`number` integer NOT NULL,
	`topic` text NOT NULL,
	`area` text NOT NULL,
	`summary` text NOT NULL,
	`meeting_id` text,
	`consultation_id` text,
	`found_by` text NOT NULL,
	`found_at` integer NOT NULL,
	`state` text NOT NULL,
	`outcome` text,
	`version` integer DEFAULT 1 NOT NULL,
	`submission_key` text NOT NULL,
	FOREIGN KEY (`area`) REFERENCES `center`(`code`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`meeting_id`) REFERENCES `meeting`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`found_by`) REFERENCES `staff`(`slack_user_id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `community_issue_reference` ON `community_issue` (`reference`);--> statement-breakpoint
CREATE UNIQUE INDEX `community_issue_submission` ON `community_issue` (`submission_key`);--> statement-breakpoint
CREATE UNIQUE INDEX `community_issue_series` ON `community_issue` (`series`,`number`);--> statement-breakpoint
CREATE INDEX `community_issue_topic` ON `community_issue` (`topic`,`area`);--> statement-breakpoint
CREATE INDEX `community_issue_meeting` ON `community_issue` (`meeting_id`);--> statement-breakpoint
CREATE TABLE `meeting_minutes` (
	`meeting_id` text PRIMARY KEY NOT NULL,
	`body` text NOT NULL,
	`decisions` text NOT NULL,
	`written_by` text NOT NULL,
	`written_at` integer NOT NULL,
	`approved_by` text,
	`approved_at` integer,
	FOREIGN KEY (`meeting_id`) REFERENCES `meeting`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`written_by`) REFERENCES `staff`(`slack_user_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`approved_by`) REFERENCES `staff`(`slack_user_id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `meeting_promise` (
	`id` text PRIMARY KEY NOT NULL,
	`meeting_id` text NOT NULL,
	`kind` text NOT NULL,
	`body` text NOT NULL,
	`person` text,
	`center` text,
	`due_on` text,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`settled_at` integer,
	`settled_by` text,
	`outcome` text,
	FOREIGN KEY (`meeting_id`) REFERENCES `meeting`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`kind`) REFERENCES `meeting_kind`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person`) REFERENCES `staff`(`slack_user_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`center`) REFERENCES `center`(`code`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `staff`(`slack_user_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`settled_by`) REFERENCES `staff`(`slack_user_id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `meeting_promise_meeting` ON `meeting_promise` (`meeting_id`);--> statement-breakpoint
CREATE INDEX `meeting_promise_open` ON `meeting_promise` (`kind`,`settled_at`);--> statement-breakpoint
CREATE INDEX `meeting_promise_due` ON `meeting_promise` (`settled_at`,`due_on`);--> statement-breakpoint
CREATE INDEX `meeting_promise_person` ON `meeting_promise` (`person`,`settled_at`);--> statement-breakpoint
CREATE TABLE `meeting_planned_date` (
	`id` text PRIMARY KEY NOT NULL,
	`fiscal_year` integer NOT NULL,
	`kind` text NOT NULL,
	`held_on` text NOT NULL,
	`starts` text NOT NULL,
	`minutes` integer NOT NULL,
	`moved_from` text,
	`meeting_id` text,
	FOREIGN KEY (`kind`) REFERENCES `meeting_kind`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `meeting_planned_year` ON `meeting_planned_date` (`fiscal_year`,`held_on`);--> statement-breakpoint
CREATE UNIQUE INDEX `meeting_planned_once` ON `meeting_planned_date` (`kind`,`held_on`,`starts`);--> statement-breakpoint
CREATE TABLE `meeting_poll` (
	`meeting_id` text PRIMARY KEY NOT NULL,
	`closes_at` integer NOT NULL,
	`closed_at` integer,
	`decided_date` text,
	`override_reason` text,
	FOREIGN KEY (`meeting_id`) REFERENCES `meeting`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `meeting_poll_closes` ON `meeting_poll` (`closes_at`);--> statement-breakpoint
CREATE TABLE `meeting_poll_date` (
	`id` text PRIMARY KEY NOT NULL,
	`meeting_id` text NOT NULL,
	`starts_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	FOREIGN KEY (`meeting_id`) REFERENCES `meeting`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `meeting_poll_date_meeting` ON `meeting_poll_date` (`meeting_id`,`starts_at`);--> statement-breakpoint
CREATE TABLE `meeting_poll_vote` (
	`meeting_id` text NOT NULL,
	`center` text NOT NULL,
	`answers` text NOT NULL,
	`voted_by` text NOT NULL,
	`is_proxy` integer NOT NULL,
	`voted_at` integer NOT NULL,
	PRIMARY KEY(`meeting_id`, `center`),
	FOREIGN KEY (`meeting_id`) REFERENCES `meeting`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`center`) REFERENCES `center`(`code`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`voted_by`) REFERENCES `staff`(`slack_user_id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `meeting` (
	`id` text PRIMARY KEY NOT NULL,
	`reference` text NOT NULL,
	`series` text NOT NULL,
	`number` integer NOT NULL,
	`kind` text NOT NULL,
	`host_center` text NOT NULL,
	`title` text,
	`status` text NOT NULL,
	`starts_at` integer,
	`ends_at` integer,
	`place` text,
	`url` text,
	`papers_url` text,
	`is_private` integer NOT NULL,
	`answer_by` text,
	`agenda_by` text,
	`organiser` text NOT NULL,
	`submission_key` text NOT NULL,
	`sequence` integer DEFAULT 0 NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`cancelled_at` integer,
	FOREIGN KEY (`kind`) REFERENCES `meeting_kind`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`host_center`) REFERENCES `center`(`code`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organiser`) REFERENCES `staff`(`slack_user_id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `meeting_reference` ON `meeting` (`reference`);--> statement-breakpoint
CREATE UNIQUE INDEX `meeting_submission` ON `meeting` (`submission_key`);--> statement-breakpoint
CREATE UNIQUE INDEX `meeting_series` ON `meeting` (`series`,`number`);--> statement-breakpoint
CREATE INDEX `meeting_starts` ON `meeting` (`starts_at`);--> statement-breakpoint
CREATE INDEX `meeting_kind_starts` ON `meeting` (`kind`,`starts_at`);--> statement-breakpoint
CREATE INDEX `meeting_status` ON `meeting` (`status`,`starts_at`);--> statement-breakpoint
CREATE TABLE `meeting_notice` (
	`meeting_id` text NOT NULL,
	`what` text NOT NULL,
	`recipient` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`meeting_id`, `what`, `recipient`)
);
--> statement-breakpoint
CREATE TABLE `meeting_seat` (
	`meeting_id` text NOT NULL,
	`seat` text NOT NULL,
	`person` text,
	`center` text,
	`guest_name` text,
	`guest_email` text,
	`answer` text,
	`deputy` text,
	`deputy_name` text,
	`answered_by` text,
	`answered_at` integer,
	`presence` text,
	`invited_at` integer NOT NULL,
	`removed_at` integer,
	PRIMARY KEY(`meeting_id`, `seat`),
	FOREIGN KEY (`meeting_id`) REFERENCES `meeting`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person`) REFERENCES `staff`(`slack_user_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`center`) REFERENCES `center`(`code`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`deputy`) REFERENCES `staff`(`slack_user_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`answered_by`) REFERENCES `staff`(`slack_user_id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `meeting_seat_person` ON `meeting_seat` (`person`,`meeting_id`);--> statement-breakpoint
CREATE INDEX `meeting_seat_center` ON `meeting_seat` (`center`,`meeting_id`);--> statement-breakpoint
CREATE TABLE `meeting_seated_directory` (
	`id` integer PRIMARY KEY NOT NULL,
	`city_seq` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `outside_course` (
	`id` text PRIMARY KEY NOT NULL,
	`title` text NOT NULL,
	`provider` text NOT NULL,
	`url` text,
	`place` text,
	`held_on` text NOT NULL,
	`apply_by` text NOT NULL,
	`professions` text NOT NULL,
	`announced_by` text NOT NULL,
	`announced_at` integer NOT NULL,
	`submission_key` text NOT NULL,
	`withdrawn_at` integer,
	FOREIGN KEY (`announced_by`) REFERENCES `staff`(`slack_user_id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `outside_course_submission` ON `outside_course` (`submission_key`);--> statement-breakpoint
CREATE INDEX `outside_course_apply` ON `outside_course` (`apply_by`);--> statement-breakpoint
CREATE TABLE `training` (
	`meeting_id` text PRIMARY KEY NOT NULL,
	`seats` integer,
	`professions` text NOT NULL,
	`apply_by` text NOT NULL,
	FOREIGN KEY (`meeting_id`) REFERENCES `meeting`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `training_application` (
	`meeting_id` text NOT NULL,
	`person` text NOT NULL,
	`applied_at` integer NOT NULL,
	`applied_by` text NOT NULL,
	`state` text NOT NULL,
	`attended_minutes` integer,
	PRIMARY KEY(`meeting_id`, `person`),
	FOREIGN KEY (`meeting_id`) REFERENCES `meeting`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person`) REFERENCES `staff`(`slack_user_id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`applied_by`) REFERENCES `staff`(`slack_user_id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `training_application_person` ON `training_application` (`person`);--> statement-breakpoint
CREATE TABLE `training_survey` (
	`meeting_id` text NOT NULL,
	`person` text NOT NULL,
	`understood` integer NOT NULL,
	`useful` integer NOT NULL,
	`comment` text,
	`answered_at` integer NOT NULL,
	PRIMARY KEY(`meeting_id`, `person`),
	FOREIGN KEY (`meeting_id`) REFERENCES `meeting`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person`) REFERENCES `staff`(`slack_user_id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO `meeting_kind` (`id`, `name`, `host`, `attendees`, `months`, `starts`, `minutes`, `holidays`, `is_private`, `is_training`, `position`)
SELECT lower(hex(randomblob(16))), `body`->>'name', 'kikan', coalesce(`body`->>'attendees', ''), coalesce(`body`->'months', '[]'), '14:00', 90, 'after', 0, 0, `position`
FROM `city_file_entry` WHERE `section` = 'meetingKinds';
--> statement-breakpoint
DELETE FROM `city_file_entry` WHERE `section` = 'meetingKinds';
