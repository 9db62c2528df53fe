CREATE TABLE `menu_parts` (
	`tenant` text NOT NULL,
	`venue` text NOT NULL,
	`version` integer NOT NULL,
	`part` integer NOT NULL,
	`body` text NOT NULL,
	PRIMARY KEY(`tenant`, `venue`, `version`, `part`)
);
--> statement-breakpoint
CREATE TABLE `menu_versions` (
	`tenant` text NOT NULL,
	`venue` text NOT NULL,
	`version` integer NOT NULL,
	`hash` text NOT NULL,
	`published_at` integer NOT NULL,
	PRIMARY KEY(`tenant`, `venue`, `version`)
);
--> statement-breakpoint
CREATE TABLE `venues` (
	`id` text PRIMARY KEY NOT NULL,
	`tenant` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `venues_by_tenant` ON `venues` (`tenant`);--> statement-breakpoint
CREATE TABLE `orders` (
	`id` text PRIMARY KEY NOT NULL,
	`tenant` text NOT NULL,
	`venue` text NOT NULL,
	`customer` text NOT NULL,
	`code` text NOT NULL,
	`status` text NOT NULL,
	`fulfilment` text NOT NULL,
	`total` integer NOT NULL,
	`currency` text NOT NULL,
	`placed_at` integer,
	`updated_at` integer NOT NULL,
	`seq` integer NOT NULL,
	`open` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `orders_by_tenant` ON `orders` (`tenant`,`updated_at`);--> statement-breakpoint
CREATE INDEX `orders_by_venue` ON `orders` (`tenant`,`venue`,`updated_at`);--> statement-breakpoint
CREATE INDEX `orders_by_customer` ON `orders` (`tenant`,`customer`,`updated_at`);--> statement-breakpoint
CREATE INDEX `orders_by_open` ON `orders` (`open`,`updated_at`);--> statement-breakpoint
CREATE TABLE `approval_attempts` (
	`tenant` text NOT NULL,
	`subject` text NOT NULL,
	`attempts` integer NOT NULL,
	`expires_at` integer NOT NULL,
	PRIMARY KEY(`tenant`, `subject`)
);
--> statement-breakpoint
CREATE TABLE `clients` (
	`id` text PRIMARY KEY NOT NULL,
	`tenant` text NOT NULL,
	`name` text NOT NULL,
	`role` text NOT NULL,
	`subject` text NOT NULL,
	`venues` text,
	`secret_hash` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `clients_by_tenant` ON `clients` (`tenant`,`id`);--> statement-breakpoint
CREATE TABLE `device_requests` (
	`device_code_hash` text PRIMARY KEY NOT NULL,
	`user_code` text NOT NULL,
	`tenant` text NOT NULL,
	`kind` text NOT NULL,
	`status` text NOT NULL,
	`device` text,
	`interval` integer NOT NULL,
	`polled_at` integer,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `device_requests_user_code_unique` ON `device_requests` (`user_code`);--> statement-breakpoint
CREATE INDEX `device_requests_by_expiry` ON `device_requests` (`expires_at`);--> statement-breakpoint
CREATE TABLE `devices` (
	`id` text PRIMARY KEY NOT NULL,
	`tenant` text NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`station` text,
	`venues` text,
	`subject` text NOT NULL,
	`session` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `devices_by_tenant` ON `devices` (`tenant`,`id`);--> statement-breakpoint
CREATE TABLE `idempotency` (
	`scope` text NOT NULL,
	`key` text NOT NULL,
	`claim` text NOT NULL,
	`fingerprint` text NOT NULL,
	`status` integer,
	`sealed_answer` text,
	`expires_at` integer NOT NULL,
	PRIMARY KEY(`scope`, `key`)
);
--> statement-breakpoint
CREATE INDEX `idempotency_by_expiry` ON `idempotency` (`expires_at`);--> statement-breakpoint
CREATE TABLE `revocations` (
	`id` text PRIMARY KEY NOT NULL,
	`tenant` text NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `revocations_by_expiry` ON `revocations` (`expires_at`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`tenant` text NOT NULL,
	`subject` text NOT NULL,
	`role` text NOT NULL,
	`venues` text,
	`seed` text NOT NULL,
	`turn` integer NOT NULL,
	`lifetime` integer NOT NULL,
	`created_at` integer NOT NULL,
	`refreshed_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`revoked_at` integer
);
--> statement-breakpoint
CREATE INDEX `sessions_by_expiry` ON `sessions` (`expires_at`);--> statement-breakpoint
CREATE TABLE `signing_keys` (
	`generation` integer PRIMARY KEY NOT NULL,
	`kid` text NOT NULL,
	`public_jwk` text NOT NULL,
	`sealed_private_jwk` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `tenants` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`settings` text DEFAULT '{}' NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `dead_letters` (
	`id` text PRIMARY KEY NOT NULL,
	`tenant` text NOT NULL,
	`consumer` text NOT NULL,
	`sender` text NOT NULL,
	`receiver` text NOT NULL,
	`sequence` integer NOT NULL,
	`type` text NOT NULL,
	`order` text NOT NULL,
	`envelope` text NOT NULL,
	`error` text NOT NULL,
	`stack` text NOT NULL,
	`attempts` integer NOT NULL,
	`first_at` integer NOT NULL,
	`last_at` integer NOT NULL,
	`state` text NOT NULL,
	`closed_at` integer
);
--> statement-breakpoint
CREATE INDEX `dead_letters_by_tenant` ON `dead_letters` (`tenant`,`state`,`last_at`);