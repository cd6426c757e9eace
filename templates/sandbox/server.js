// The only door to the sandbox: asking, and being told.

const RETRY_MS = 1000;

/** A request that could not be answered; the message is a sentence for the person. */
export class Refused extends Error {}

/** Does what a person does. Answers with the sandbox's answer, or throws Refused with its sentence. */
export async function act(verb, body) {
  const response = await fetch(`/sandbox/${verb}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  }).catch(() => {
    throw new Refused("The sandbox does not answer. Is it still running?");
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(answer.error ?? `The sandbox refused this (${response.status}).`);
  return answer;
}

/** Watches the workspace as one person; `told` gets every STATE, `connected` true or false. Returns the way to stop. */
export function watch(user, told, connected) {
  let socket;
  let over = false;
  const connect = () => {
    if (over) return;
    const query = user ? `?user=${encodeURIComponent(user)}` : "";
    socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/sandbox/live${query}`);
    socket.onmessage = ({ data }) => {
      if (over) return;
      connected(true);
      told(JSON.parse(data));
    };
    socket.onclose = () => {
      if (over) return;
      connected(false);
      setTimeout(connect, RETRY_MS);
    };
  };
  connect();
  return () => {
    over = true;
    socket.close();
  };
}
