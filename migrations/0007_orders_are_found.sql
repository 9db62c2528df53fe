ALTER TABLE `orders` ADD `sent_at` integer;--> statement-breakpoint
ALTER TABLE `orders` ADD `accepted_at` integer;--> statement-breakpoint
ALTER TABLE `orders` ADD `promised_at` integer;--> statement-breakpoint
ALTER TABLE `orders` ADD `ready_at` integer;--> statement-breakpoint
ALTER TABLE `orders` ADD `ended_at` integer;--> statement-breakpoint
ALTER TABLE `orders` ADD `due_at` integer;--> statement-breakpoint
ALTER TABLE `orders` ADD `reason` text;--> statement-breakpoint
ALTER TABLE `orders` ADD `refunded` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `orders` ADD `attention` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `orders` ADD `items` text;--> statement-breakpoint
ALTER TABLE `orders` ADD `phone` text;--> statement-breakpoint
ALTER TABLE `orders` ADD `traces` text;--> statement-breakpoint
CREATE INDEX `orders_by_placing` ON `orders` (`tenant`,`placed_at`);--> statement-breakpoint
CREATE INDEX `orders_by_code` ON `orders` (`tenant`,`code`);--> statement-breakpoint
CREATE INDEX `orders_by_phone` ON `orders` (`tenant`,`phone`) WHERE "orders"."phone" is not null;--> statement-breakpoint
CREATE INDEX `orders_on_floor` ON `orders` (`tenant`,`placed_at`) WHERE "orders"."open" = 1;