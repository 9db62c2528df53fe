CREATE TABLE `endpoints` (
	`id` text PRIMARY KEY NOT NULL,
	`tenant` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `endpoints_by_tenant` ON `endpoints` (`tenant`);--> statement-breakpoint
CREATE TABLE `dead_letter_acts` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`letter` text NOT NULL,
	`tenant` text NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	`act` text NOT NULL,
	`reason` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `dead_letter_acts_by_letter` ON `dead_letter_acts` (`letter`);--> statement-breakpoint
CREATE TABLE `actors_seen` (
	`address` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`seen_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `actors_seen_by_kind` ON `actors_seen` (`kind`,`seen_at`);--> statement-breakpoint
CREATE TABLE `tallies` (
	`worker` text NOT NULL,
	`metric` text NOT NULL,
	`label` text NOT NULL,
	`bucket` text NOT NULL,
	`total` real NOT NULL,
	PRIMARY KEY(`worker`, `metric`, `label`, `bucket`)
);
--> statement-breakpoint
ALTER TABLE `dead_letters` ADD `edited` text;--> statement-breakpoint
CREATE INDEX `dead_letters_by_order` ON `dead_letters` (`tenant`,`order`);--> statement-breakpoint
CREATE INDEX `dead_letters_by_state` ON `dead_letters` (`state`,`consumer`,`last_at`);