// Runs at the top of the body, so that styles for pages with JavaScript apply before anything shows.
// A file of its own, so that the content security policy needs no nonce and no 'unsafe-inline'.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("govuk-frontend-supported");
}
