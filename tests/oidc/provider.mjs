// A real OpenID Connect provider (npm oidc-provider) for the tests, whose claims are named as VNeID's would be.
// Beside its own doors: POST /__next {sub, claims, acr, amr} says who signs in next, GET /interaction/… does it at once.
import { createServer } from 'node:http'
import { Provider } from 'oidc-provider'

const { port, client, secret, back, logout, left, lifetime } = JSON.parse(process.argv[2])
const issuer = `http://127.0.0.1:${port}`
const people = new Map()
let next = null

const provider = new Provider(issuer, {
  clients: [{
    client_id: client,
    client_secret: secret,
    redirect_uris: [back],
    post_logout_redirect_uris: [left],
    backchannel_logout_uri: logout,
    backchannel_logout_session_required: true,
    token_endpoint_auth_method: 'client_secret_basic',
  }],
  scopes: ['openid', 'profile', 'citizen', 'work'],
  claims: {
    openid: ['sub'],
    profile: ['name', 'birthdate', 'gender'],
    citizen: ['citizen_id'],
    work: ['co_quan', 'chuc_vu', 'vai_tro'],
    acr: null,
    amr: null,
    sid: null,
    auth_time: null,
    iss: null,
  },
  acrValues: ['urn:vneid:loa:2', 'urn:vneid:loa:3'],
  findAccount: (_, sub) => people.has(sub) && { accountId: sub, claims: () => ({ sub, ...people.get(sub) }) },
  loadExistingGrant: async ({ oidc }) => {
    const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId })
    grant.addOIDCScope('openid profile citizen work')
    grant.addOIDCClaims(['acr', 'amr'])
    await grant.save()
    return grant
  },
  features: {
    devInteractions: { enabled: false },
    claimsParameter: { enabled: true },
    backchannelLogout: { enabled: true },
    rpInitiatedLogout: { enabled: true },
  },
  // Its own guard refuses to call this machine, where the tests listen.
  fetch: (url, { method, headers, body: sent }) => fetch(url, { method, headers, body: sent, redirect: 'manual' }),
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  cookies: { keys: ['only-for-tests'] },
  pkce: { required: () => true },
  ttl: { IdToken: lifetime, AuthorizationCode: 60, AccessToken: 600, Interaction: 600, Session: 3600, Grant: 3600 },
})

const body = async (request) => {
  let text = ''
  for await (const piece of request) text += piece
  return JSON.parse(text)
}

createServer(async (request, response) => {
  if (request.url === '/__next') {
    next = await body(request)
    people.set(next.sub, next.claims ?? {})
    return response.end('ok')
  }
  if (request.url.startsWith('/interaction/')) {
    const login = { accountId: next.sub, acr: next.acr, amr: next.amr, remember: true }
    return provider.interactionFinished(request, response, next.refuse ? { error: 'access_denied' } : { login })
  }
  return provider.callback()(request, response)
}).listen(port, '127.0.0.1', () => console.log('ready'))
