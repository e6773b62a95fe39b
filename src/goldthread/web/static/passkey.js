// Passkeys: the browser's own dialogue. Without this script, codes of an app do the same.
const encode = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const decode = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const decodeId = (known) => ({ ...known, id: decode(known.id) });

async function make(options) {
  const asked = {
    ...options,
    challenge: decode(options.challenge),
    user: { ...options.user, id: decode(options.user.id) },
    excludeCredentials: (options.excludeCredentials || []).map(decodeId),
    // Kept by the device under the person's name, so that it signs in without a password.
    authenticatorSelection: {
      ...options.authenticatorSelection,
      residentKey: "required", requireResidentKey: true, userVerification: "required",
    },
  };
  const made = await navigator.credentials.create({ publicKey: asked });
  return answer(made, {
    attestationObject: encode(made.response.attestationObject),
    transports: made.response.getTransports ? made.response.getTransports() : [],
  });
}

async function use(options) {
  const asked = {
    ...options,
    challenge: decode(options.challenge),
    allowCredentials: (options.allowCredentials || []).map(decodeId),
  };
  const used = await navigator.credentials.get({ publicKey: asked });
  const handle = used.response.userHandle;
  return answer(used, {
    authenticatorData: encode(used.response.authenticatorData),
    signature: encode(used.response.signature),
    userHandle: handle ? encode(handle) : null,
  });
}

function answer(credential, more) {
  return {
    id: credential.id,
    rawId: encode(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: { clientDataJSON: encode(credential.response.clientDataJSON), ...more },
  };
}

async function options(box) {
  if (box.dataset.ask) {
    const reply = await fetch(box.dataset.ask, { headers: { "X-Requested-With": "XMLHttpRequest" } });
    return (await reply.json()).request_options.publicKey;
  }
  const said = JSON.parse(document.getElementById("passkey-data").textContent);
  return (said.creation_options || said.request_options).publicKey;
}

function ready(box) {
  const form = box.querySelector("form");
  const problem = box.querySelector(".govuk-error-message");
  box.hidden = false;
  box.querySelector("button").addEventListener("click", async () => {
    problem.textContent = "";
    try {
      const asked = await options(box);
      const credential = await (box.dataset.passkey === "make" ? make(asked) : use(asked));
      form.elements.credential.value = JSON.stringify(credential);
      form.submit();
    } catch {
      problem.textContent = "The passkey did not work. Try again, or use another way.";
    }
  });
}

if (window.PublicKeyCredential) document.querySelectorAll("[data-passkey]").forEach(ready);
