import { Message } from "../contracts/envelope.ts";

interface PeerEnv {
  KITCHEN: Fetcher;
  KITCHEN_INBOX: Queue;
}

/** All that the kitchen has said to orders. */
const heard: Message[] = [];

/** Stands where the ordering service stands: before the kitchen's door, and at the other end of its queues. */
export default {
  async fetch(request, env) {
    const { pathname } = new URL(request.url);
    if (pathname === "/heard") return Response.json(heard);
    if (pathname !== "/say") return env.KITCHEN.fetch(request);
    for (const message of await request.json<Message[]>()) await env.KITCHEN_INBOX.send(message);
    return new Response(null, { status: 204 });
  },
  async queue(batch) {
    for (const { body } of batch.messages) heard.push(Message.parse(body));
  },
} satisfies ExportedHandler<PeerEnv>;
