// oidc-provider, with one client and people who log in without being asked.
import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';

const [modules, redirect] = process.argv.slice(2);
const { Provider } = await import(
  pathToFileURL(join(modules, 'oidc-provider/lib/index.js')));

const people = {
  ada: { email: 'ada@example.org', email_verified: true },
  bob: { email: 'bob@example.org', email_verified: false },
};

const server = createServer();
await new Promise((done) => server.listen(0, '127.0.0.1', done));
const issuer = `http://127.0.0.1:${server.address().port}`;
const provider = new Provider(issuer, {
  clients: [{
    client_id: 'space', client_secret: 'a secret of the client', redirect_uris: [redirect],
    response_types: ['code'], grant_types: ['authorization_code'],
  }],
  pkce: { required: () => true },
  claims: { openid: ['sub'], email: ['email', 'email_verified'] },
  cookies: { keys: ['test'] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_, it) => `/as/${it.uid}` },
  findAccount: (_, id) => people[id] && { accountId: id, claims: () => ({ sub: id, ...people[id] }) },
});
const callback = provider.callback();
server.on('request', async (request, response) => {
  if (!request.url.startsWith('/as/')) return callback(request, response);
  const asked = await provider.interactionDetails(request, response);
  if (asked.prompt.name === 'login') {
    const accountId = asked.params.login_hint ?? 'ada';
    return provider.interactionFinished(request, response, { login: { accountId } });
  }
  const grant = new provider.Grant({
    accountId: asked.session.accountId, clientId: asked.params.client_id,
  });
  grant.addOIDCScope('openid email');
  const consent = { grantId: await grant.save() };
  return provider.interactionFinished(request, response, { consent }, { mergeWithLastSubmission: true });
});
console.log(issuer);
