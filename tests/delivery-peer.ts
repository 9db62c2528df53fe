import { Message } from "../contracts/envelope.ts";

interface PeerEnv {
  DELIVERY: Fetcher;
  DELIVERY_INBOX: Queue;
}

/** All that the delivery service has said to orders. */
const heard: Message[] = [];

/** Stands where the ordering service stands: before the delivery service's door, and at the other end of its queues. */
export default {
  async fetch(request, env) {
    const { pathname } = new URL(request.url);
    if (pathname === "/heard") return Response.json(heard);
    if (pathname !== "/say") return env.DELIVERY.fetch(request);
    for (const message of await request.json<Message[]>()) await env.DELIVERY_INBOX.send(message);
    return new Response(null, { status: 204 });
  },
  async queue(batch) {
    for (const { body } of batch.messages) heard.push(Message.parse(body));
  },
} satisfies ExportedHandler<PeerEnv>;
