import type { Page } from "playwright-core";
import type { Scene } from "./scene.ts";

/** Whose browser a screen is seen in: each is one person, with what they did before still there. */
export type Viewer = "nobody" | "guest" | "tablet" | "driver" | "admin";

/** One state of one page that is worth looking at. */
export interface Screen {
  /** `kitchen-board-busy`: app first; the name of its pictures. */
  readonly name: string;
  readonly viewer: Viewer;
  /** What has to have happened elsewhere; the screens are visited in the order of their list. */
  before?(scene: Scene): Promise<unknown>;
  /** Path and query. */
  at(scene: Scene): string;
  /** What is pressed and typed until it looks so. */
  steps?(page: Page, scene: Scene): Promise<unknown>;
  /** The connection is cut before the steps, and found again after the pictures. */
  readonly cutOff?: true;
  /** The whole page, not only what fits the screen. */
  readonly whole?: true;
}

export const sizes = [
  { name: "360", width: 360, height: 740 },
  { name: "768", width: 768, height: 1024 },
  { name: "1024", width: 1024, height: 768 },
  { name: "1440", width: 1440, height: 900 },
] as const;
