/** The login page. It imports nothing, since nothing else is served before the user has logged in. */

const form = /** @type {HTMLFormElement} */ (document.getElementById('login'));
const token = /** @type {HTMLInputElement} */ (document.getElementById('token'));
const problem = /** @type {HTMLElement} */ (document.getElementById('problem'));

/** @param {string} words */
function complain(words) {
  problem.textContent = words;
  document.getElementById('field')?.classList.add('field-bad');
  token.setAttribute('aria-invalid', 'true');
  token.select();
}

/** @param {string} said the token entered by the user */
async function logIn(said) {
  let response;
  try {
    response = await fetch('/api/v1/session', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ token: said }),
    });
  } catch {
    complain('Cannot reach the server. It may have been stopped.');
    return;
  }
  if (response.ok) {
    // The URL is still that of the requested page.
    location.reload();
    return;
  }
  const facts = await response.json().catch(() => ({}));
  complain(facts.detail ?? `The server responded with status ${response.status}.`);
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  logIn(token.value.trim());
});

export {};
