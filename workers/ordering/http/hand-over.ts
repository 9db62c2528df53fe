import { createHash } from "node:crypto";
import { DeliveryView, HandOver, largestPhoto } from "../../../contracts/delivery.ts";
import type { OrderId } from "../../../contracts/ids.ts";
import type { Principal } from "../../../contracts/principal.ts";
import { refuse, type Refusal } from "../../../contracts/problem.ts";
import { photoIn } from "../../../domain/delivery/photo.ts";
import { traceNow } from "../../shared/occasion.ts";
import type { OrderingEnv } from "../env.ts";

/** A photo that the order keeps: by its SHA-256 (hex) alone the zone is told of it, and no queue carries it. */
export interface PutBy {
  readonly photo: string;
}

/**
 * Puts by the photo a driver hands over with, if there is one and the delivery is this driver's and on its way; whatever
 * else is wrong with the request the delivery service says, as if there had been no photo: then null.
 */
export async function putByPhoto(
  env: OrderingEnv,
  driver: Principal,
  id: OrderId,
  text: string,
  asked: (path: string) => Promise<Response>,
): Promise<PutBy | Refusal | null> {
  const body = HandOver.safeParse(jsonOf(text));
  if (!body.success || body.data.photo === undefined) return null;
  const bytes = Buffer.from(body.data.photo, "base64");
  // Only the one way of writing these bytes, so that another text is never taken for the same photo.
  const isWhole = bytes.byteLength <= largestPhoto && bytes.toString("base64") === body.data.photo;
  const photo = isWhole ? photoIn(new Uint8Array(bytes)) : null;
  if (photo === null) {
    return refuse("invalid-value", "This is no photo.", [
      { pointer: "/photo", detail: `a JPEG of at most ${largestPhoto / 1_024} KiB, in base64` },
    ]);
  }
  const answer = await asked(`/v1/deliveries/${id}`);
  const view = answer.ok ? DeliveryView.safeParse(await answer.json()) : null;
  if (view?.success !== true) return null;
  const { status } = view.data;
  const digest = createHash("sha256").update(photo.bytes).digest("hex");
  // Delivered already, perhaps by this very request: the service answers a repetition by what it was told the first time.
  if (status !== "picked-up") return { photo: digest };
  const order = env.ORDER.getByName(`${driver.tenant}/${id}`);
  return (await order.keepProof(photo.bytes, digest, driver.subject, traceNow())) ?? { photo: digest };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
