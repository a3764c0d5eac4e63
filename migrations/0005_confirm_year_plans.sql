CREATE TABLE `meeting_plan_confirmation` (
	`id` text PRIMARY KEY NOT NULL,
	`fiscal_year` integer NOT NULL,
	`confirmed_by` text NOT NULL,
	`confirmed_at` integer NOT NULL,
	`told_at` integer,
	FOREIGN KEY (`confirmed_by`) REFERENCES `staff`(`slack_user_id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `meeting_plan_untold` ON `meeting_plan_confirmation` (`told_at`);--> statement-breakpoint
ALTER TABLE `meeting_planned_date` ADD `confirmation` text REFERENCES meeting_plan_confirmation(id);--> statement-breakpoint
CREATE INDEX `meeting_planned_confirmation` ON `meeting_planned_date` (`confirmation`,`meeting_id`);