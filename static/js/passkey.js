// Passkeys: hands the server's options to the browser and its answer back.
(() => {
  "use strict";

  const toBytes = (text) => {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/").padEnd(Math.ceil(text.length / 4) * 4, "="));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
  };
  const toText = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const withBytes = (list) => (list || []).map((one) => ({ ...one, id: toBytes(one.id) }));

  async function create(options) {
    const made = await navigator.credentials.create({
      publicKey: {
        ...options,
        challenge: toBytes(options.challenge),
        user: { ...options.user, id: toBytes(options.user.id) },
        excludeCredentials: withBytes(options.excludeCredentials),
      },
    });
    return {
      id: made.id,
      rawId: toText(made.rawId),
      type: made.type,
      extensions: JSON.stringify(made.getClientExtensionResults()),
      transports: made.response.getTransports ? made.response.getTransports() : [],
      response: {
        clientDataJSON: toText(made.response.clientDataJSON),
        attestationObject: toText(made.response.attestationObject),
        transports: made.response.getTransports ? made.response.getTransports() : [],
      },
    };
  }

  async function get(options) {
    const given = await navigator.credentials.get({
      publicKey: {
        ...options,
        challenge: toBytes(options.challenge),
        allowCredentials: withBytes(options.allowCredentials),
      },
    });
    return {
      id: given.id,
      rawId: toText(given.rawId),
      type: given.type,
      extensions: JSON.stringify(given.getClientExtensionResults()),
      response: {
        clientDataJSON: toText(given.response.clientDataJSON),
        authenticatorData: toText(given.response.authenticatorData),
        signature: toText(given.response.signature),
        userHandle: given.response.userHandle ? toText(given.response.userHandle) : null,
      },
    };
  }

  const form = document.querySelector("form[data-passkey]");
  if (!form) return;
  const options = JSON.parse(form.dataset.options);
  (form.dataset.passkey === "create" ? create(options) : get(options))
    .then((credential) => {
      form.querySelector("[name=credential]").value = JSON.stringify(credential);
      form.submit();
    })
    .catch(() => {
      form.querySelector("[role=status]").textContent = form.dataset.failed;
    });
})();
