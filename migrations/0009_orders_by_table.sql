ALTER TABLE `orders` ADD `at_table` text;--> statement-breakpoint
ALTER TABLE `orders` ADD `table_key` text;--> statement-breakpoint
CREATE INDEX `orders_by_table` ON `orders` (`tenant`,`table_key`,`placed_at`) WHERE "orders"."table_key" is not null;