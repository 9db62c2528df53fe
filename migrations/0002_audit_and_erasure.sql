CREATE TABLE `audit` (
	`id` text PRIMARY KEY NOT NULL,
	`tenant` text NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	`role` text NOT NULL,
	`method` text NOT NULL,
	`path` text NOT NULL,
	`status` integer NOT NULL,
	`traceparent` text
);
--> statement-breakpoint
CREATE INDEX `audit_by_tenant` ON `audit` (`tenant`,`id`);--> statement-breakpoint
CREATE INDEX `audit_by_subject` ON `audit` (`tenant`,`by`,`id`);--> statement-breakpoint
CREATE INDEX `audit_by_time` ON `audit` (`at`);--> statement-breakpoint
ALTER TABLE `orders` ADD `erased_at` integer;--> statement-breakpoint
CREATE INDEX `orders_by_erasure` ON `orders` (`tenant`,`updated_at`) WHERE "orders"."erased_at" is null and "orders"."open" = 0;