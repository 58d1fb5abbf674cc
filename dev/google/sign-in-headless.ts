export interface SignIn {
  email: string;
  /** The permissions to leave ticked (sign-in scopes need no tick); default all. */
  grant?: string[] | "all";
  action?: "allow" | "cancel";
}

/**
 * Go through chooser and consent over HTTP, as a person would, and return where Google redirects back to.
 * `url` is the local Google's; `authorizationUrl` what the app redirected to. Throws with the page's text when Google
 * shows an error page of its own.
 */
export async function signInHeadless(url: string, authorizationUrl: string, person: SignIn): Promise<string> {
  let answer = await fetch(authorizationUrl, { redirect: "manual" });
  for (let step = 0; step < 3; step += 1) {
    const location = answer.headers.get("location");
    if (location !== null) return location;
    const markup = await answer.text();
    if (!answer.ok) throw new Error(`Google shows an error page: ${textOf(markup)}`);
    const fields = fieldsOf(markup, person);
    answer = await fetch(new URL(fields.action, url), {
      method: "POST",
      body: fields.form,
      redirect: "manual",
    });
  }
  throw new Error("Google did not send the browser back");
}

function fieldsOf(markup: string, { email, grant = "all", action = "allow" }: SignIn) {
  const form = new URLSearchParams();
  for (const [, name = "", value = ""] of markup.matchAll(
    /<input type="hidden" name="([^"]*)" value="([^"]*)"/g,
  )) {
    form.append(name, unescaped(value));
  }
  const target = /<form method="post" action="([^"]*)"/.exec(markup)?.[1] ?? "";
  if (target.endsWith("/account")) {
    if (!unescaped(markup).includes(`value="${email}"`))
      throw new Error(`the chooser does not offer ${email}`);
    form.append("email", email);
    return { action: target, form };
  }
  for (const [, scope = ""] of markup.matchAll(/<input type="checkbox" name="scope" value="([^"]*)"/g)) {
    if (grant === "all" || grant.includes(unescaped(scope))) form.append("scope", unescaped(scope));
  }
  form.append("action", action);
  return { action: target, form };
}

function unescaped(text: string): string {
  return text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
}

function textOf(markup: string): string {
  return unescaped(markup.replace(/<style[\s\S]*?<\/style>|<[^>]*>/g, " "))
    .replace(/\s+/g, " ")
    .trim();
}
