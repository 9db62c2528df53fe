interface Notice {
  readonly title: string;
  readonly body: string;
  readonly tag?: string;
  readonly icon: string;
  readonly badge: string;
  readonly data: { readonly url: string };
}

/** What a push message, `{title, body, url, tag}` as JSON, shows. A browser demands that something is shown for each. */
export function notificationOf(text: string): Notice {
  const said = fieldsOf(text);
  const url = said("url");
  return {
    title: said("title") || "Comanda",
    body: said("body"),
    // A newer message of the same tag takes the place of the older.
    ...(said("tag") === "" ? {} : { tag: said("tag") }),
    icon: "/icons/customer-192.png",
    badge: "/icons/badge-96.png",
    // No push leads to another site.
    data: { url: /^\/(?!\/)/.test(url) ? url : "/" },
  };
}

function fieldsOf(text: string): (name: string) => string {
  const fields = objectOf(text);
  return (name) => {
    const value = fields[name];
    return typeof value === "string" ? value : "";
  };
}

function objectOf(text: string): Record<string, unknown> {
  try {
    return { ...JSON.parse(text) };
  } catch {
    return {};
  }
}
