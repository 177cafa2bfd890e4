// Makes and uses passkeys: what the register asks stands in data-asked, what the browser answers goes into the form.
(() => {
  "use strict";

  const bytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  async function create(asked) {
    const options = {
      ...asked,
      challenge: bytes(asked.challenge),
      user: { ...asked.user, id: bytes(asked.user.id) },
      excludeCredentials: known(asked.excludeCredentials),
    };
    const made = await navigator.credentials.create({ publicKey: options });
    return answer(made, { attestationObject: text(made.response.attestationObject) });
  }

  async function get(asked) {
    const options = { ...asked, challenge: bytes(asked.challenge), allowCredentials: known(asked.allowCredentials) };
    const used = await navigator.credentials.get({ publicKey: options });
    return answer(used, {
      authenticatorData: text(used.response.authenticatorData),
      signature: text(used.response.signature),
    });
  }

  function answer(credential, more) {
    const response = { clientDataJSON: text(credential.response.clientDataJSON), ...more };
    return JSON.stringify({ id: credential.id, rawId: credential.id, type: credential.type, response });
  }

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const refused = form.querySelector("[role=alert]");
      refused.hidden = true;
      try {
        const asked = JSON.parse(form.dataset.asked);
        form.elements.passkey.value = await (form.dataset.passkey === "create" ? create(asked) : get(asked));
        form.submit();
      } catch {
        refused.hidden = false;
      }
    });
  }
})();
