import type { Envelope } from "../../contracts/envelope.ts";
import type { DeadLetter } from "./dead-letters.ts";
import type { Trouble } from "./trouble.ts";

/** A fact that fails is tried again after 1 s, 2 s and 4 s; then it is a dead letter. */
const mostAttempts = 4;

/**
 * A message's verdict: acknowledged where none of its facts has failed, tried again where one has, and given up at the
 * last attempt, with a letter for each that failed. The queue itself would keep nothing of why.
 */
export async function judgeMessage(
  message: MessageBatch["messages"][number],
  failed: readonly { readonly envelope: Envelope; readonly trouble: Trouble }[],
  { consumer, dead }: { readonly consumer: string; readonly dead: Queue },
  now: number,
): Promise<void> {
  if (failed.length === 0) return message.ack();
  if (message.attempts < mostAttempts) return message.retry({ delaySeconds: 2 ** (message.attempts - 1) });
  const letters = failed.map(({ envelope, trouble }): DeadLetter => ({
    envelope,
    consumer,
    ...trouble,
    attempts: message.attempts,
    firstAt: message.timestamp.getTime(),
    lastAt: now,
  }));
  await dead.send({ letters }).then(
    () => message.ack(),
    () => message.retry(),
  );
}
