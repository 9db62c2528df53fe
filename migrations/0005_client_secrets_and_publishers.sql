ALTER TABLE `menu_versions` ADD `published_by` text;--> statement-breakpoint
ALTER TABLE `clients` ADD `former_hash` text;--> statement-breakpoint
ALTER TABLE `clients` ADD `former_until` integer;