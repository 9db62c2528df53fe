CREATE TABLE `push_topics` (
	`tenant` text NOT NULL,
	`subject` text NOT NULL,
	`subscription` text NOT NULL,
	`kind` text NOT NULL,
	`about` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant`, `subject`, `subscription`, `kind`, `about`)
);
--> statement-breakpoint
CREATE INDEX `push_topics_by_age` ON `push_topics` (`tenant`,`created_at`);